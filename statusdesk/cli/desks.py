"""Opens the database that a command means, for reading or for changing it, and closes it again."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from statusdesk.domain.errors import NoSuchStatus
from statusdesk.domain.folding import name_key
from statusdesk.services import opening

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from statusdesk.domain.records import Status
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store


def named_database(args: Namespace) -> Path:
    """Return the path of the database that was named, or of the demonstration, or of the person's own."""
    named: Path | None = args.database
    return named or opening.default_database(demo=bool(args.demo))


def _database(args: Namespace) -> Path:
    """Return the path of the database for a command; the demonstration is made where it is missing."""
    path = named_database(args)
    if args.demo and opening.is_missing(path):
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
        yield Desk(store, author=opening.current_author())


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
