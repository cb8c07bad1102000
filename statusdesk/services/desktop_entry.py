"""Puts StatusDesk among the desktop's programs, for those who installed it without a package manager.

Follows the Desktop Entry Specification 1.5 and the XDG Base Directory Specification 0.8.
"""

import os
import re
import sys
from pathlib import Path

from statusdesk.domain.resources import resource_dir

APP_ID = "net.statusdesk.StatusDesk"


def install_desktop() -> list[Path]:
    """Write the desktop entry, its description and the icon for this user; return the paths written.

    Doing it again brings all three up to date. Raises OSError where the folder cannot be written.
    """
    resources, share = resource_dir(), _data_home()
    entry = (resources / f"{APP_ID}.desktop").read_text("utf-8")
    contents = {
        share / "applications" / f"{APP_ID}.desktop": _with_command(entry, _command()).encode(),
        share / "metainfo" / f"{APP_ID}.metainfo.xml": (resources / f"{APP_ID}.metainfo.xml").read_bytes(),
        share / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg": (resources / "icons/app.svg").read_bytes(),
    }
    for path, content in contents.items():
        _write(path, content)
    return list(contents)


def _data_home() -> Path:
    """Return the user's data folder; the specification says to ignore a relative one."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def _command() -> list[str]:
    """Return what starts this very installation: its script, or its interpreter where it has none."""
    script = Path(sys.executable).with_name("statusdesk")
    return [str(script)] if script.exists() else [sys.executable, "-m", "statusdesk"]


def _with_command(entry: str, command: list[str]) -> str:
    line = "Exec=" + " ".join(_quoted(word) for word in command)
    return re.sub(r"^Exec=.*$", lambda _: line, entry, flags=re.MULTILINE)


def _quoted(word: str) -> str:
    """Quote an argument of Exec; then double each backslash, since the value is also a string of the file."""
    if re.fullmatch(r"[\w./+:@=-]+", word, flags=re.ASCII):
        return word
    inner = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return f'"{inner}"'.replace("\\", "\\\\")


def _write(path: Path, content: bytes) -> None:
    """Replace the file as a whole, so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
