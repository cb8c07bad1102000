"""Opens the database that a command means, for reading or for changing it, and closes it again."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.errors import NoSuchStatus, Refused
from statusdesk.domain.folding import name_key
from statusdesk.domain.places import Server
from statusdesk.services import opening

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from statusdesk.domain.places import Place
    from statusdesk.domain.records import Status
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store


class FileNeeded(Refused):
    """What is done with files, asked for a database on a server."""

    sentence = "{path} is on a server, and this is for files: its administrator has pg_dump for copies of it."


def named_file(args: Namespace) -> Path:
    """Return the path of the database's file, or refuse one on a server."""
    place = named_database(args)
    if isinstance(place, Server):
        raise FileNeeded(path=place)
    return place


def named_database(args: Namespace) -> Place:
    """Return the place of the database that was named, or of the demonstration, or of the person's own."""
    named: Place | None = args.database
    return named or opening.default_database(demo=bool(args.demo))


def _database(args: Namespace) -> Place:
    """Return the place of the database for a command; the demonstration is made where it is missing."""
    path = named_database(args)
    if isinstance(path, Path) and args.demo and opening.is_missing(path):
        from statusdesk.services.demo import make_demo

        if sys.stderr.isatty():
            print("Making the demonstration; this happens once.", file=sys.stderr)
        make_demo(path)
    return path


def reading(args: Namespace) -> AbstractContextManager[Store]:
    """Open the database for looking; a missing one is told and not made."""
    return closing(opening.open_store(_database(args), "read"))


@contextmanager
def at_desk(args: Namespace, *, make: bool = False) -> Iterator[Desk]:
    """Open the database for changing it, as the person who is logged in.

    With `make` a missing one is made; a dry run uses one that nobody keeps instead.
    """
    from statusdesk.services.desk import Desk

    with _store(args, make=make) as store, store.db.explained():
        yield Desk(store, author=opening.author_at(store))


def is_missing(args: Namespace) -> bool:
    """Say whether the database is one that `at_desk` would have to make."""
    return opening.is_missing(_database(args))


def rehearsal(args: Namespace) -> AbstractContextManager[Store]:
    """Lend what a new database would be, for trying out; nobody keeps it."""
    currency, zone = getattr(args, "currency", ""), getattr(args, "time_zone", "")
    return opening.rehearsal(currency=currency, time_zone=zone)


def _store(args: Namespace, *, make: bool) -> AbstractContextManager[Store]:
    path = _database(args)
    if not make:
        return closing(opening.open_store(path, "write"))
    if args.dry_run and opening.is_missing(path):
        return rehearsal(args)
    currency, zone = getattr(args, "currency", ""), getattr(args, "time_zone", "")
    return closing(opening.open_store(path, "make", currency=currency, time_zone=zone))


def find_status(store: Store, name: str) -> Status:
    """Return the status of that name, without regard to case, or refuse with the names there are."""
    statuses = store.statuses.all()
    found = [status for status in statuses if name_key(status.name) == name_key(name)]
    if not found:
        raise NoSuchStatus(name=name, known=", ".join(status.name for status in statuses))
    return found[0]


def status_ids(store: Store, names: Iterable[str] | None) -> frozenset[int] | None:
    """Return the ids of the statuses of these names; None, which means any, where none is given."""
    return frozenset(find_status(store, name).id for name in names) if names else None
