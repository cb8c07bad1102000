"""What the window remembers between starts: its place, columns, scheme, and recent databases."""

from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from statusdesk.domain.places import Place, Server, place_of
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


def recent() -> list[Place]:
    """Return the databases opened lately, newest first; files that are gone are left out."""
    found = settings().value("recent", [])
    texts = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    places = map(place_of, texts)
    return [place for place in places if isinstance(place, Server) or place.exists()]


def remember_recent(place: Place) -> None:
    """Put a database at the top of the recent ones; of a server's, never the password."""
    others = [str(other) for other in recent() if str(other) != str(place)]
    settings().setValue("recent", [str(place), *others][:MOST_RECENT])
