"""Sets a database up on a server, brings it up to date, and opens it: only when its schema is the present one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from statusdesk.domain.instants import check_zone
from statusdesk.domain.store_errors import FromTheFuture
from statusdesk.store.making import furnish
from statusdesk.store.migrations import SCHEMA
from statusdesk.store.postgres import ServerDatabase
from statusdesk.store.server_errors import NeedsMigration, NotSetUp
from statusdesk.store.server_schema import NAMESPACE, SERVER_STEPS
from statusdesk.store.server_search import make_list_indexes

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.places import Server
    from statusdesk.store.database import Database, Mode

_OWNER = "SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = ?"


def open_server(server: Server, mode: Mode) -> ServerDatabase:
    """Open a database that is set up and up to date.

    Raises `NotSetUp`, `NeedsMigration`, `FromTheFuture`, and `StoreUnavailable` for what the server says.
    """
    db = ServerDatabase(server, mode)
    try:
        with db.explained():
            found = schema_of(db)
            if found == 0:
                raise NotSetUp(path=server)
            if found < SCHEMA:
                owner = db.value(_OWNER, (NAMESPACE,))
                raise NeedsMigration(path=server, found=found, wanted=SCHEMA, owner=owner)
    except BaseException:
        db.close()
        raise
    return db


def schema_of(db: ServerDatabase) -> int:
    """Return the number of the schema that a database has, 0 for none. Raises `FromTheFuture`."""
    if db.value("SELECT to_regproc(?)", (f"{NAMESPACE}.schema_number",)) is None:
        return 0
    found = int(db.value(f"SELECT {NAMESPACE}.schema_number()"))
    if found > SCHEMA:
        raise FromTheFuture(path=db.server, found=found, known=SCHEMA)
    return found


def bring_up_to_date(server: Server, *, currency: str, time_zone: str, at: int) -> tuple[int, int]:
    """Set a database up, or bring an older one up to date, in one transaction; return its schema before and after.

    `currency` and `time_zone` are for one that is set up now, which counts as made at the instant `at`. Only who
    may create things there can do this. Raises `StoreUnavailable`, `NotAllowed`.
    """
    check_zone(time_zone)
    return set_up(server, partial(furnish, currency=currency, time_zone=time_zone, at=at))


def set_up(server: Server, fill: Callable[[Database], None]) -> tuple[int, int]:
    """Set a database up with what `fill` writes, or bring an older one up to date, as `bring_up_to_date` does."""
    db = ServerDatabase(server)
    try:
        with db.transaction():
            db.run("SET LOCAL lock_timeout = 0")
            found = schema_of(db)
            if found == 0:
                db.run(f"CREATE SCHEMA IF NOT EXISTS {NAMESPACE}")
            for step in SERVER_STEPS[found:]:
                step(db.run)
            if found < SCHEMA:
                db.run(
                    f"CREATE OR REPLACE FUNCTION {NAMESPACE}.schema_number() RETURNS integer"
                    f" LANGUAGE sql IMMUTABLE RETURN {SCHEMA}"
                )
            if found == 0:
                fill(db)
            make_list_indexes(db.run)
    finally:
        db.close()
    return found, SCHEMA
