"""What the window remembers between starts: its place, columns, scheme, and recent databases."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from statusdesk.gui.theme import Scheme

MOST_RECENT = 8


def settings() -> QSettings:
    """Return this person's settings."""
    return QSettings("StatusDesk", "StatusDesk")


def state(name: str) -> QByteArray:
    """Return a remembered state, empty if there is none."""
    value = settings().value(f"window/{name}")
    return value if isinstance(value, QByteArray) else QByteArray()


def remember(name: str, value: QByteArray) -> None:
    """Remember a state."""
    settings().setValue(f"window/{name}", value)


def scheme() -> Scheme:
    """Return the chosen colour scheme."""
    found = str(settings().value("window/scheme", "system"))
    return cast("Scheme", found) if found in ("light", "dark") else "system"


def remember_scheme(chosen: Scheme) -> None:
    """Remember the chosen colour scheme."""
    settings().setValue("window/scheme", chosen)


def recent() -> list[Path]:
    """Return the databases opened lately that are still there, newest first."""
    found = settings().value("recent", [])
    texts = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return [Path(text) for text in texts if Path(text).exists()]


def remember_recent(path: Path) -> None:
    """Put a database at the top of the recent ones."""
    others = [str(other) for other in recent() if other != path]
    settings().setValue("recent", [str(path), *others][:MOST_RECENT])
