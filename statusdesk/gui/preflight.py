"""Looks before Qt leaps: Qt ends the process where a display or a system library is missing, so ask first.

Knows Linux only; elsewhere Qt brings what it needs. It imports nothing but the standard library, because
`./run` calls it before anything is installed, and it never imports Qt. The lists of libraries were found
on a bare Debian 12 by leaving out one package at a time.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

COMMANDS = (
    "import",
    "export",
    "statuses",
    "accounts",
    "status",
    "reassign",
    "plan",
    "due",
    "vacation",
    "disconnect",
    "install",
    "collections",
    "unpaid",
    "history",
    "undo",
    "redo",
    "levels",
    "targets",
    "publish",
    "billing",
    "report",
    "check",
    "backup",
    "restore",
    "migrate",
    "grant",
    "copy",
    "rehearse",
)
_ANSWERED_WITHOUT_QT = {*COMMANDS, "--help", "-h", "--version", "--install-desktop"}

_INSTEAD = (
    "`--screenshot FILE.png` paints it into a picture, and the commands "
    f"{', '.join(COMMANDS[:-1])} and {COMMANDS[-1]} work without one."
)


class Need(NamedTuple):
    """A shared library and the Debian package that brings it."""

    library: str
    package: str


_PAINTING = (
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
)
# The further libraries of each platform arrive with these: Debian's packages depend on them.
_DISPLAYS = {
    "xcb": (
        Need("libxcb-cursor.so.0", "libxcb-cursor0"),
        Need("libxcb-icccm.so.4", "libxcb-icccm4"),
        Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        Need("libxcb-shape.so.0", "libxcb-shape0"),
        Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ),
    "wayland": (
        Need("libwayland-client.so.0", "libwayland-client0"),
        Need("libwayland-cursor.so.0", "libwayland-cursor0"),
    ),
}
_FONT_PACKAGE = "fonts-dejavu-core"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


def why_no_window() -> str | None:
    """Say in one sentence why Qt could not open a window here, or return None where it can."""
    return why_no_display() or why_no_qt() or _why_no_platform()


def why_no_qt() -> str | None:
    """Say in one sentence why Qt could not even paint into a picture, or return None where it can."""
    return _sentence_for(_absent(_PAINTING)) if _is_linux() else None


def why_no_display() -> str | None:
    """Say in one sentence that no display is named, or that none of those named answers."""
    if not _is_linux():
        return None
    platforms = _platforms()
    if not platforms:
        return f"StatusDesk found no display to open its window on; {_INSTEAD}"
    if any(_ANSWERS.get(platform, _always)() for platform in platforms):
        return None
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ["QT_QPA_PLATFORM"]
    return f"StatusDesk cannot open its window on the display {named}; {_INSTEAD}"


def missing_packages(*, window: bool) -> list[str]:
    """Return the Debian packages that are needed but not here, for a window or for painting only."""
    if not _is_linux():
        return []
    needs = [*_absent(_PAINTING), *(_absent_for_window() if window else [])]
    fonts = [] if _has_font() else [_FONT_PACKAGE]
    return sorted({need.package for need in needs} | set(fonts))


def _is_linux() -> bool:
    return sys.platform == "linux"


def _platforms() -> list[str]:
    """Return the Qt platforms that would be tried, best first; only xcb and wayland need a display."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if chosen:
        return [word.partition(":")[0].partition("-")[0] for word in chosen.split(";")]
    by_variable = {"DISPLAY": "xcb", "WAYLAND_DISPLAY": "wayland"}
    return [platform for variable, platform in by_variable.items() if os.environ.get(variable)]


def _why_no_platform() -> str | None:
    return _sentence_for(_absent_for_window()) if _is_linux() else None


def _absent_for_window() -> list[Need]:
    """Return what the first platform lacks, or nothing where any of them is complete: Qt tries them in turn."""
    lacking = [_absent(_DISPLAYS.get(platform, ())) for platform in _platforms() or ["xcb"]]
    return lacking[0] if all(lacking) else []


def _absent(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if _load(need.library) is None]


def _load(library: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(library)
    except OSError:
        return None


def _sentence_for(absent: Sequence[Need]) -> str | None:
    if not absent:
        return None
    libraries = ", ".join(need.library for need in absent)
    become_root = "" if os.geteuid() == 0 else "sudo "
    line = f"{become_root}apt-get install {' '.join(need.package for need in absent)}"
    return (
        f"StatusDesk lacks these system libraries: {libraries}; on Debian and Ubuntu this line brings them: {line}"
    )


def _x_answers() -> bool:
    """Connect as Qt would: address, cookie and all. Without the X library nothing is known, so assume yes."""
    xcb = _load("libxcb.so.1")
    if xcb is None:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answered: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answered


def _wayland_answers() -> bool:
    wayland = _load("libwayland-client.so.0")
    if wayland is None:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(wayland.wl_display_connect(None))
    if not connection:
        return False
    wayland.wl_display_disconnect(connection)
    return True


def _always() -> bool:
    return True


_ANSWERS: dict[str, Callable[[], bool]] = {"xcb": _x_answers, "wayland": _wayland_answers}


def _has_font() -> bool:
    return any(name.lower().endswith(_FONT_ENDINGS) for name in _names_in_font_folders())


def _names_in_font_folders() -> Iterator[str]:
    for folder in _FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            yield from names


def main(arguments: Sequence[str]) -> int:
    """Print the missing Debian packages, for `./run` and `./test`; refuse where there is no display.

    `start ARGUMENTS…` judges by the program's own arguments; `libraries` means all that any use needs.
    """
    purpose, *words = arguments
    if purpose == "start" and not _ANSWERED_WITHOUT_QT.isdisjoint(words):
        return 0
    window = not any(word.partition("=")[0] == "--screenshot" for word in words)
    problem = why_no_display() if purpose == "start" and window else None
    if problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(" ".join(missing_packages(window=window)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
