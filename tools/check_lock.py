"""Are there wheels for every platform and Python that the project names? Asks the package index.

``python -m tools.check_lock`` prints a table in Markdown, as docs/development.md shows it, and ends
with 1 where the answer differs from what is promised: wheels everywhere, but for NO_WHEELS.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.targets import PLATFORMS, PYTHONS, Platform

ROOT = Path(__file__).parents[1]
LOCKS = ("run.lock", "test.lock")
NO_WHEELS = frozenset({"windows-arm64"})  # pyarrow has none there; the x86_64 Python runs there


def find_missing(lock: Path, platform: Platform, python: str) -> str | None:
    """What has no wheel there, in uv's words, or None; nothing is installed."""
    with tempfile.TemporaryDirectory() as nowhere:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "uv", "--no-config", "pip", "install", "--quiet"),
                *("--dry-run", "--require-hashes", "--only-binary", ":all:", "--strict"),
                *("--python-platform", platform.uv, "--python-version", python),
                *("--target", nowhere, "--requirement", str(lock)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    return None if done.returncode == 0 else done.stderr.strip()


def main() -> int:
    """Print the table; 0 where it is as promised."""
    failures: list[str] = []
    print(f"| platform | {' | '.join(PYTHONS)} |")
    print(f"| --- | {' | '.join('---' for _ in PYTHONS)} |")
    for platform in PLATFORMS:
        cells = []
        for python in PYTHONS:
            found = [find_missing(ROOT / "requirements" / lock, platform, python) for lock in LOCKS]
            missing = [text for text in found if text]
            cells.append("no" if missing else "wheels")
            if bool(missing) != (platform.name in NO_WHEELS):
                failures.append(f"{platform.name} {python}: {' '.join(missing) or 'has wheels'}")
        print(f"| {platform.name} | {' | '.join(cells)} |")
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
