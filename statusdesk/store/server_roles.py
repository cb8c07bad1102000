"""Who may do what on a server: PostgreSQL's own roles, which the server itself enforces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from statusdesk.domain.errors import Refused
from statusdesk.domain.rights import Right
from statusdesk.store.migrations import JOURNAL
from statusdesk.store.server_schema import NAMESPACE, OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.store.postgres import ServerDatabase

ROLES: Final = {"manager": "statusdesk_manager", "support": "statusdesk_support", "office": OFFICE}
"""What the roles are called on the server; each may do all that the one before may."""

_MOVED: Final = ("account_state", "status_count", "status_day", "day_peak", "plan")
"""The tables that follow the journal when an account's status changes."""

_RIGHTS: Final = """
SELECT has_table_privilege('entry', 'INSERT') AND has_table_privilege('account_state', 'UPDATE'),
    has_table_privilege('status', 'INSERT') AND is_office()
"""


class NoSuchRole(Refused):
    """A role that there is not."""

    sentence = "There is no role “{name}”. The roles are: manager, support, office."


class NoSuchLogin(Refused):
    """A login that the server does not know."""

    sentence = "The server knows no login “{name}”. Its administrator makes one with: CREATE ROLE … LOGIN"


def rights(db: ServerDatabase) -> frozenset[Right]:
    """Ask the server what this login may do; looking is what everybody may who can open it."""
    move, shape = db.rows(_RIGHTS)[0]
    return frozenset(right for right, may in ((Right.MOVE, move), (Right.SHAPE, shape)) if may)


def grant(db: ServerDatabase, role: str, login: str) -> None:
    """Give a login one of the roles in place of any other; "none" takes them all away.

    Only who owns the database and may make roles can do this. Raises `NoSuchRole`, `NoSuchLogin`, `NotAllowed`.
    """
    if role not in (*ROLES, "none"):
        raise NoSuchRole(name=role)
    with db.transaction():
        if db.value("SELECT 1 FROM pg_roles WHERE rolname = ?", (login,)) is None:
            raise NoSuchLogin(name=login)
        for name in ROLES.values():
            if db.value("SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)) is None:
                db.run(f"CREATE ROLE {name} NOLOGIN")
        for statement in _privileges():
            db.run(statement)
        quoted = db.value("SELECT quote_ident(?)", (login,))
        for other, name in ROLES.items():
            db.run(f"{'GRANT' if other == role else 'REVOKE'} {name} {'TO' if other == role else 'FROM'} {quoted}")


def _privileges() -> Iterator[str]:
    """Yield what gives the roles their privileges; giving them again does no harm."""
    manager, support, office = ROLES.values()
    everything = f"ALL TABLES IN SCHEMA {NAMESPACE}"
    journal = ", ".join(f"{NAMESPACE}.{table}" for table in JOURNAL)
    moved = ", ".join(f"{NAMESPACE}.{table}" for table in _MOVED)
    yield f"GRANT USAGE ON SCHEMA {NAMESPACE} TO {manager}"
    yield f"GRANT SELECT ON {everything} TO {manager}"
    yield f"GRANT {manager} TO {support}"
    yield f"GRANT INSERT ON {journal} TO {support}"
    yield f"GRANT INSERT, UPDATE, DELETE ON {moved} TO {support}"
    yield f"GRANT UPDATE ON {NAMESPACE}.account TO {support}"
    yield f"GRANT {support} TO {office}"
    yield f"GRANT INSERT, UPDATE, DELETE ON {everything} TO {office}"
    yield f"REVOKE UPDATE, DELETE ON {journal} FROM {office}"
