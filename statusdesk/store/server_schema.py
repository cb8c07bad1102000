"""The schema on a server: the same tables, the functions that SQLite has built in, and triggers of its own.

Each step takes its tables from the migration step of the same number, so that both engines have the same ones.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from statusdesk.domain.folding import fold
from statusdesk.store.migrations import JOURNAL, first_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.store.migrations import Runs, Step

NAMESPACE: Final = "statusdesk"
"""The schema, in PostgreSQL's meaning of the word, that holds everything of ours."""

OFFICE: Final = "statusdesk_office"
"""The role of those who may do everything but change the schema."""

APPEND_ONLY: Final = "SD001"
"""The SQLSTATE with which the journal's triggers refuse."""

_FUNCTIONS: Final = (
    # SQLite: max and min of two are NULL when one of them is; GREATEST and LEAST are not.
    """CREATE FUNCTION max(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END""",
    """CREATE FUNCTION min(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END""",
    """CREATE FUNCTION iif(question boolean, yes anycompatible, no anycompatible) RETURNS anycompatible
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN question THEN yes ELSE no END $$""",
    """CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.strpos($1, $2)""",
    r"""CREATE FUNCTION holding(part text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '%' || replace(replace(replace(part, '\', '\\'), '%', '\%'), '_', '\_') || '%'""",
    """CREATE FUNCTION chr(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.chr($1::integer)""",
    """CREATE FUNCTION json_extract(given text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN given::jsonb #>> string_to_array(pg_catalog.substr(path, 3), '.')""",
    """CREATE FUNCTION json_each(given text, OUT key bigint, OUT value bigint, OUT atom text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 100 AS $$
    SELECT place - 1, CASE WHEN jsonb_typeof(item) = 'number' THEN item::bigint END, item #>> '{}'
    FROM jsonb_array_elements(given::jsonb) WITH ORDINALITY AS listed (item, place) $$""",
)

_REFUSE: Final = f"""
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '{APPEND_ONLY}'; END $$
"""
_GO_ON: Final = """
CREATE FUNCTION go_on_counting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = statusdesk, pg_temp AS $$
DECLARE newest bigint;
BEGIN
    EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', TG_TABLE_NAME) INTO newest;
    PERFORM setval(pg_get_serial_sequence('statusdesk.' || TG_TABLE_NAME, 'id'), newest, false);
    RETURN NULL;
END $$
"""
"""Lets ids go on from the highest one there is: what was rolled back leaves no gap, as in a file."""

_IS_OFFICE: Final = f"""
CREATE FUNCTION is_office() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, (SELECT nspowner FROM pg_namespace WHERE nspname = '{NAMESPACE}'), 'MEMBER')
    OR EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{OFFICE}' AND pg_has_role(session_user, oid, 'MEMBER')) $$
"""
_GUARDS: Final = {
    "own_name": (
        "change_set", "BEFORE INSERT", "ROW",
        "IF NEW.author NOT IN (session_user, 'StatusDesk') AND NOT is_owner THEN RAISE insufficient_privilege"
        " USING MESSAGE = 'changes are recorded under one''s own login'; END IF; RETURN NEW;",
    ),
    "no_fields": (
        "account", "AFTER UPDATE", "STATEMENT",
        "IF NOT is_office() AND EXISTS (SELECT 1 FROM changed) THEN RAISE insufficient_privilege"
        " USING MESSAGE = 'only the office edits accounts'; END IF; RETURN NULL;",
    ),
    "no_charges": (
        "entry", "AFTER INSERT", "STATEMENT",
        "IF NOT is_office() AND EXISTS (SELECT 1 FROM changed WHERE old_charge <> new_charge OR old_delinquent <>"
        " new_delinquent OR old_status_id IS NULL OR new_status_id IS NULL) THEN RAISE insufficient_privilege"
        " USING MESSAGE = 'only the office adds, closes and edits accounts'; END IF; RETURN NULL;",
    ),
    "as_recorded": (
        "account_state", "AFTER UPDATE", "STATEMENT",
        "IF NOT is_office() AND EXISTS (SELECT 1 FROM changed n LEFT JOIN entry e ON e.id = n.last_entry_id"
        " AND e.account_id = n.account_id WHERE e.new_status_id IS DISTINCT FROM n.status_id"
        " OR e.new_charge IS DISTINCT FROM n.monthly_charge OR e.new_since IS DISTINCT FROM n.since"
        " OR e.new_delinquent IS DISTINCT FROM n.delinquent) THEN RAISE insufficient_privilege"
        " USING MESSAGE = 'an account is as its newest entry says'; END IF; RETURN NULL;",
    ),
}  # fmt: skip
"""By name: table, event, how often, and what is looked at, for logins that are not of the office."""

CHANNEL: Final = "statusdesk"
"""On which other desktops hear that a change set was written."""

_TELL: Final = f"""
CREATE FUNCTION tell_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$
"""

_LAST_LETTER: Final = 0x20000
"""From here on there are no letters with two cases and no accents."""

_COMMON: Final = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328łŁøØđĐı"
"""The accents and letters of most names in Latin writing, which come before all others."""

_WRITINGS: Final = (0x80, 0x370, 0x400, 0x530, 0x900, _LAST_LETTER)
"""Where Latin, Greek, Cyrillic, Hebrew with Arabic, and all other letters begin."""

_COUNTED: Final = ("account", "entry", "status", "status_change", "plan", "plan_step")


def first_schema(run: Runs) -> None:
    """Make every table, index, function and trigger of schema 1."""
    for statement in (*_FUNCTIONS, _fold(), _REFUSE, _GO_ON, _IS_OFFICE, _TELL):
        run(statement)
    first_tables(run)
    for table in JOURNAL:
        run(
            f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in _COUNTED:
        run(
            f"CREATE TRIGGER {table}_goes_on BEFORE INSERT ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION go_on_counting()"
        )

    run(
        "CREATE TRIGGER change_set_is_told AFTER INSERT ON change_set"
        " FOR EACH STATEMENT EXECUTE FUNCTION tell_others()"
    )
    for name, (table, event, each, body) in _GUARDS.items():
        run(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {NAMESPACE}, pg_temp"
            " AS $$ DECLARE is_owner boolean := pg_has_role(session_user, (SELECT nspowner FROM pg_namespace"
            f" WHERE nspname = '{NAMESPACE}'), 'MEMBER'); BEGIN {body} END $$"
        )
        changed = "" if each == "ROW" else " REFERENCING NEW TABLE AS changed"
        run(f"CREATE TRIGGER {table}_{name} {event} ON {table}{changed} FOR EACH {each} EXECUTE FUNCTION {name}()")


@cache
def _fold() -> str:
    """Return the function that folds a text as `domain.folding.fold` does, letter by letter.

    Going through a long list of letters for each letter of a text takes its time, so the common ones come first,
    and of the rest only what belongs to a writing of which the text has letters.
    """
    mapped: dict[str, str] = {}
    for code in range(0x80, _LAST_LETTER):
        letter = chr(code)
        if not 0xD800 <= code < 0xE000 and unicodedata.normalize("NFKD", letter) == letter:
            into = fold(letter)
            if into != letter:
                mapped[letter] = into
    latin = {letter: into for letter, into in mapped.items() if letter in _COMMON or len(into) > 1}
    return (
        "CREATE FUNCTION fold(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$"
        f" DECLARE folded text := {_translated('normalize(given, NFKD)', latin)};"
        f" BEGIN IF octet_length(folded) > length(folded) THEN {_by_writings(mapped)} END IF;"
        ' RETURN lower(folded COLLATE "C"); END $$'
    )


def _by_writings(mapped: Mapping[str, str]) -> str:
    """Return statements that fold what has letters of a writing: those of one are looked for all at once."""
    statements = []
    for low, high in pairwise(_WRITINGS):
        some = {letter: into for letter, into in mapped.items() if low <= ord(letter) < high}
        statements.append(f"IF folded ~ '[{''.join(some)}]' THEN folded := {_translated('folded', some)}; END IF;")
    return " ".join(statements)


def _translated(body: str, mapped: Mapping[str, str]) -> str:
    """Return SQL for a text with these letters exchanged: for another one, for several, or for none."""
    single = [letter for letter, into in mapped.items() if len(into) == 1 and into != letter]
    gone = [letter for letter, into in mapped.items() if not into]
    body = f"translate({body}, '{''.join(single + gone)}', '{''.join(mapped[letter] for letter in single)}')"
    for letter, into in mapped.items():
        if len(into) > 1:
            body = f"replace({body}, '{letter}', '{into}')"
    return body


SERVER_STEPS: tuple[Step, ...] = (first_schema,)
"""Step n brings a server's database from schema n-1 to n."""
