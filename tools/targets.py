"""The platforms that the project names, in the words of pip, of uv and of PEP 508."""

from __future__ import annotations

from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True)
class Platform:
    """One operating system on one kind of processor.

    ``uv`` is its name for ``--python-platform``, ``tags`` are the platform tags of the wheels that
    run there, ``markers`` the values of the environment markers that differ between platforms.
    """

    name: str
    uv: str
    tags: tuple[str, ...]
    markers: tuple[str, str, str, str]

    def environment(self, python: str) -> dict[str, str]:
        """The environment markers of PEP 508 on this platform, for a version such as "3.12"."""
        os_name, sys_platform, system, machine = self.markers
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": os_name,
            "platform_machine": machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": system,
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": sys_platform,
        }


def _linux_tags(machine: str) -> tuple[str, ...]:
    # glibc 2.28 is that of Debian 10, Ubuntu 20.04 and RHEL 8; wheels for older ones run there too.
    numbered = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1))
    return (*numbered, f"manylinux2014_{machine}", f"manylinux2010_{machine}")


def _macos_tags(machine: str) -> tuple[str, ...]:
    versions = [f"{major}_0" for major in range(14, 10, -1)]
    if machine == "x86_64":
        versions += [f"10_{minor}" for minor in range(15, 8, -1)]
    return tuple(f"macosx_{v}_{kind}" for v in versions for kind in (machine, "universal2"))


PLATFORMS = (
    Platform(
        "linux-x86_64",
        "x86_64-manylinux_2_28",
        _linux_tags("x86_64"),
        ("posix", "linux", "Linux", "x86_64"),
    ),
    Platform(
        "linux-arm64",
        "aarch64-manylinux_2_28",
        _linux_tags("aarch64"),
        ("posix", "linux", "Linux", "aarch64"),
    ),
    Platform(
        "windows-x86_64",
        "x86_64-pc-windows-msvc",
        ("win_amd64",),
        ("nt", "win32", "Windows", "AMD64"),
    ),
    Platform(
        "windows-arm64",
        "aarch64-pc-windows-msvc",
        ("win_arm64",),
        ("nt", "win32", "Windows", "ARM64"),
    ),
    Platform(
        "macos-x86_64",
        "x86_64-apple-darwin",
        _macos_tags("x86_64"),
        ("posix", "darwin", "Darwin", "x86_64"),
    ),
    Platform(
        "macos-arm64",
        "aarch64-apple-darwin",
        _macos_tags("arm64"),
        ("posix", "darwin", "Darwin", "arm64"),
    ),
)
