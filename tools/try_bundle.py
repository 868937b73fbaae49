"""Does a bundle install in an empty environment without an index, and does the main job run there?

``python -m tools.try_bundle dist/bundle --samples sample_reports`` works on copies in a temporary
folder, so that neither the source tree nor the machine's own packages can help.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tools.make_bundle import INSTALL


def clean_environment() -> dict[str, str]:
    """This process's environment without what could lead pip or Python to other packages."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "VIRTUAL_"))}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def try_bundle(bundle: Path, samples: Path, place: Path) -> Path:
    """Install and run in ``place``; returns the workbook. Raises CalledProcessError on failure."""
    shutil.copytree(bundle, place / "bundle")
    shutil.copytree(samples, place / "reports")
    venv.create(place / "env", with_pip=True)
    scripts = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    environment = clean_environment()
    command = INSTALL.split()[1:]
    python = str(scripts / "python")
    subprocess.run([python, *command, "--quiet"], cwd=place / "bundle", env=environment, check=True)
    run = [str(scripts / "ultrasound"), "run", "reports", "--out", "out"]
    subprocess.run(run, cwd=place, env=environment, check=True)
    return place / "out" / "evidence.xlsx"


def main() -> int:
    """Try the bundle; 0 where the workbook was written."""
    parser = argparse.ArgumentParser(description="try a bundle without an index")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--samples", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        workbook = try_bundle(arguments.bundle, arguments.samples, Path(folder).resolve())
        if not workbook.is_file():
            print("the bundle was installed, but no workbook was written", file=sys.stderr)
            return 1
    print(f"{arguments.bundle}: installed without an index, and the main job ran")
    return 0


if __name__ == "__main__":
    sys.exit(main())
