"""Whether the tables, triggers and functions on a server are still those that the migrations made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from statusdesk.store.server_schema import NAMESPACE, SERVER_STEPS
from statusdesk.store.server_search import make_list_indexes

if TYPE_CHECKING:
    from statusdesk.store.database import Database

_BESIDE: Final = "statusdesk_as_made"
"""Where the schema is made once more, to compare with; nothing of it stays."""

_OBJECTS: Final = """
SELECT 'table ' || c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r' GROUP BY c.relname
UNION ALL SELECT 'index ' || c.relname, pg_get_indexdef(c.oid) FROM pg_class c
WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'i'
UNION ALL SELECT 'constraint ' || n.conname, pg_get_constraintdef(n.oid) FROM pg_constraint n
WHERE n.connamespace = ?::regnamespace
UNION ALL SELECT 'trigger ' || t.tgname, t.tgenabled::text || pg_get_triggerdef(t.oid) FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = ?::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT 'function ' || p.proname,
    string_agg(pg_get_functiondef(p.oid), ' ' ORDER BY p.oid::regprocedure::text)
FROM pg_proc p WHERE p.pronamespace = ?::regnamespace AND p.proname <> 'schema_number'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') GROUP BY p.proname
"""
_REFERENCES: Final = """
SELECT c.relname, a.attname, r.relname, b.attname FROM pg_constraint n
JOIN pg_class c ON c.oid = n.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n.conkey[1]
JOIN pg_class r ON r.oid = n.confrelid JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = n.confkey[1]
WHERE n.contype = 'f' AND n.connamespace = ?::regnamespace ORDER BY n.conname
"""


def strange_objects(db: Database) -> list[str]:
    """Return what is missing, altered or not ours, as "trigger entry_goes_on".

    Within the transaction under way, in which the schema is made once more and taken away again. Only a login that
    may make a schema is told; others get an empty list.
    """
    if not db.value("SELECT has_database_privilege(current_database(), 'CREATE')"):
        return []
    db.run("SAVEPOINT looking")
    db.run(f"CREATE SCHEMA {_BESIDE}")
    db.run(f"SET LOCAL search_path = {_BESIDE}, pg_temp")
    for step in SERVER_STEPS:
        step(db.run)
    make_list_indexes(db.run)
    ours = _objects(db, _BESIDE)
    db.run("ROLLBACK TO SAVEPOINT looking")
    here = _objects(db, NAMESPACE)
    return sorted(name for name in here.keys() | ours.keys() if here.get(name) != ours.get(name))


def _objects(db: Database, namespace: str) -> dict[str, str]:
    rows = db.rows(_OBJECTS, (namespace,) * 5)
    return {name: sql.replace(f"{_BESIDE}.", "").replace(f"{NAMESPACE}.", "") for name, sql in rows}


def dangling(db: Database, most: int) -> list[tuple[str, int, str]]:
    """Return (table, row, table referred to) where a reference leads nowhere: triggers can be switched off."""
    found: list[tuple[str, int, str]] = []
    for table, column, parent, key in db.rows(_REFERENCES, (NAMESPACE,)):
        rows = db.rows(
            f"SELECT c.{column} FROM {table} c LEFT JOIN {parent} p ON p.{key} = c.{column}"
            f" WHERE c.{column} IS NOT NULL AND p.{key} IS NULL LIMIT ?",
            (most,),
        )
        found += [(table, row, parent) for (row,) in rows]
    return found[:most]
