"""Opens the database at a place with the engine that the place asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.places import Server
from statusdesk.store.sqlite_file import SqliteFile

if TYPE_CHECKING:
    from statusdesk.domain.places import Place
    from statusdesk.store.database import Database, Mode


def open_database(place: Place, mode: Mode, *, currency: str, time_zone: str, at: int) -> Database:
    """Open the database; a file that is missing is made for writing, with this currency, zone and instant.

    A database on a server is only ever set up by its owner. Raises `StoreUnavailable`.
    """
    if isinstance(place, Server):
        from statusdesk.store.server_making import open_server

        return open_server(place, mode)
    if mode == "write" and not place.exists():
        from statusdesk.store.making import make

        make(place, currency=currency, time_zone=time_zone, at=at)
    return SqliteFile(place, mode)
