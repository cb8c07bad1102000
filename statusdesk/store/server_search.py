"""What a server needs so that lists of millions of accounts are quick: indexes of orders, and one for searching.

They are on `account`, whose rows stay as they are when an account changes its status: moves touch none of them.
They are made after the rows that a new database begins with, which is many times quicker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from statusdesk.store.accounts import is_blank, sort_key
from statusdesk.store.server_schema import NAMESPACE

if TYPE_CHECKING:
    from statusdesk.store.database import Database
    from statusdesk.store.migrations import Runs

BY_INDEX: Final = ("number", "name", "city")
"""The orders that have an index on a server: those of `account` that a list shows at first."""

_NUMBER: Final = (
    "CREATE UNIQUE INDEX IF NOT EXISTS account_number_order ON account (number) INCLUDE (id) WHERE closed = 0",
    "DROP INDEX IF EXISTS account_number",
)
"""The index by number that every database has, with the ids in it: so a list need not look at accounts."""

_SEARCH: Final = f"""
DO $$ DECLARE home text;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA {NAMESPACE};
    SELECT n.nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm';
    EXECUTE format(
        'CREATE INDEX IF NOT EXISTS account_search ON account USING gin (search %I.gin_trgm_ops)', home);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN NULL;
END $$
"""
"""Does without the index where the server has no pg_trgm, or does not let this login have it."""


def make_list_indexes(run: Runs) -> None:
    """Make the indexes that are not there yet."""
    for statement in _NUMBER:
        run(statement)
    for field in BY_INDEX[1:]:
        columns = f"({is_blank(field)}), ({sort_key(field)}), number".replace("a.", "")
        run(
            f"CREATE INDEX IF NOT EXISTS account_{field}_order ON account ({columns}) INCLUDE (id, {field})"
            " WHERE closed = 0"
        )
    run(_SEARCH)


def can_search(db: Database) -> bool:
    """Say whether the server has the index that searching millions of accounts needs."""
    return bool(db.value("SELECT to_regclass(?) IS NOT NULL", (f"{NAMESPACE}.account_search",)))
