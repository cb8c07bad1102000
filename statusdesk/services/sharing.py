"""A database on a server: set up and updated by its owner, filled from a file and back, and who may do what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.errors import Refused
from statusdesk.domain.instants import now
from statusdesk.domain.places import Server
from statusdesk.services.opening import check_currency, default_currency, default_time_zone, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.places import Place
    from statusdesk.store.database import Database

    Tell = Callable[[str, int], None]
    Fill = Callable[[Database], None]


class NotAServer(Refused):
    """A file where a database on a server is expected."""

    sentence = "“{path}” is not on a server. Name the database as postgresql://LOGIN@HOST/DATABASE"


class InTheWay(Refused):
    """A copy never replaces anything."""

    sentence = "{path} has a StatusDesk database already. Copy to another place: a copy never replaces anything."


def as_server(place: Place) -> Server:
    """Return the place if it is on a server, or refuse it."""
    if not isinstance(place, Server):
        raise NotAServer(path=place)
    return place


def migrate(server: Server, *, currency: str = "", time_zone: str = "") -> tuple[int, int]:
    """Set a database up, or bring it up to date; return its schema before (0 for none) and after.

    `currency` and `time_zone` are for one that is set up now and default to the person's own. Only its owner can
    do this. Raises `StoreUnavailable` and `NotAllowed`.
    """
    from statusdesk.store.server_making import bring_up_to_date

    currency = check_currency(currency) if currency else default_currency()
    zone = time_zone or default_time_zone()
    return bring_up_to_date(server, currency=currency, time_zone=zone, at=now())


def searches_quickly(server: Server) -> bool:
    """Say whether a database has the index with which searching millions of accounts takes no time."""
    from statusdesk.store.server_making import open_server
    from statusdesk.store.server_search import can_search

    db = open_server(server, "read")
    try:
        with db.explained():
            return can_search(db)
    finally:
        db.close()


def grant(server: Server, role: str, login: str) -> None:
    """Give a login the role manager, support, office, or "none". Raises `NotAllowed` for all but the owner."""
    from statusdesk.store.server_making import open_server
    from statusdesk.store.server_roles import grant as give

    db = open_server(server, "write")
    try:
        give(db, role, login)
    finally:
        db.close()


def copy(source: Place, target: Place, tell: Tell = lambda _table, _rows: None) -> dict[str, int]:
    """Copy a whole database from a file to a server or back; return the number of rows by table.

    The copy is compared row by row before it is kept. Raises `InTheWay`, `StoreUnavailable`, `NotAllowed`.
    """
    from statusdesk.store import carrying

    store = open_store(source, "read")
    try:
        counts: dict[str, int] = {}

        def fill(db: Database) -> None:
            counts.update(carrying.carry(store.db, db, tell))

        with store.db.snapshot():
            if isinstance(target, Path):
                _into_file(target, fill)
            else:
                _onto_server(target, fill)
        return counts
    finally:
        store.close()


def _into_file(path: Path, fill: Fill) -> None:
    from statusdesk.store.making import make_by

    if path.exists():
        raise InTheWay(path=path)
    make_by(path, fill)


def _onto_server(server: Server, fill: Fill) -> None:
    from statusdesk.store.server_making import set_up

    if set_up(server, fill)[0]:
        raise InTheWay(path=server)
