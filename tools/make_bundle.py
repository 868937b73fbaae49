"""A folder of wheels with hashes and one install command, for a PC without internet.

``python -m tools.make_bundle --out dist/bundle`` gathers for the Python and the platform that it
runs on; ``--target windows-x86_64-3.12`` for another. The project's own wheel is taken from dist/.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from packaging.markers import default_environment
from packaging.utils import parse_wheel_filename

from tools.lockfile import Locked, read_lock
from tools.targets import PLATFORMS, PYTHONS, Platform

ROOT = Path(__file__).parents[1]
REQUIREMENTS = "requirements.txt"
INSTALL = f"python -m pip install --no-index --find-links wheels --require-hashes -r {REQUIREMENTS}"
TARGETS = {f"{p.name}-{python}": (p, python) for p in PLATFORMS for python in PYTHONS}

README = f"""venous-ultrasound, for a PC without internet ({{target}})

In this folder, with the Python named above, first make and enter an environment of its own:

    python -m venv C:\\ultrasound          on Windows; then  C:\\ultrasound\\Scripts\\activate
    python3 -m venv ~/ultrasound          elsewhere; then   . ~/ultrasound/bin/activate

and install (no index is asked, and every file is held against its hash):

    {INSTALL}

Then: ultrasound --version
"""


def select_locked(lock: tuple[Locked, ...], target: str) -> tuple[Locked, ...]:
    """The lines of the lock that hold on the target."""
    if target == "here":
        environment = {key: str(value) for key, value in default_environment().items()}
    else:
        platform, python = TARGETS[target]
        environment = platform.environment(python)
    return tuple(locked for locked in lock if locked.applies(environment))


def describe_target(target: str) -> str:
    """The platform and Python that the bundle is for, in words."""
    if target == "here":
        return f"{sysconfig.get_platform()}, Python {sys.version_info[0]}.{sys.version_info[1]}"
    platform, _, python = target.rpartition("-")
    return f"{platform}, Python {python}"


def pip_target(target: str) -> list[str]:
    """What pip is told so that it takes the wheels of the target."""
    if target == "here":
        return []
    platform: Platform
    platform, python = TARGETS[target]
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    return [*tags, "--python-version", python, "--implementation", "cp"]


def make_bundle(out: Path, target: str, wheel: Path) -> None:
    """Write the folder anew: wheels/, requirements.txt with hashes, README.txt."""
    shutil.rmtree(out, ignore_errors=True)
    wheels = out / "wheels"
    wheels.mkdir(parents=True)
    lines = [
        locked.pinned()
        for locked in select_locked(read_lock(ROOT / "requirements/run.lock"), target)
    ]
    requirements = out / REQUIREMENTS
    requirements.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"),
            *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(wheels)),
            *(*pip_target(target), "--requirement", str(requirements)),
        ],
        check=True,
    )
    shutil.copy2(wheel, wheels)
    name, version, *_ = parse_wheel_filename(wheel.name)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    with requirements.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{name}=={version} --hash=sha256:{digest}\n")
    (out / "README.txt").write_text(
        README.format(target=describe_target(target)), encoding="utf-8", newline="\r\n"
    )


def main() -> int:
    """Parse the arguments, write the bundle, say what it weighs."""
    parser = argparse.ArgumentParser(description="wheels for a PC without internet")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--target", choices=["here", *TARGETS], default="here")
    arguments = parser.parse_args()
    (wheel,) = (ROOT / "dist").glob("venous_ultrasound-*.whl")
    make_bundle(arguments.out, arguments.target, wheel)
    sizes = [path.stat().st_size for path in (arguments.out / "wheels").iterdir()]
    words = describe_target(arguments.target)
    print(f"{arguments.out}: {len(sizes)} wheels, {sum(sizes) / 1e6:.0f} MB, for {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
