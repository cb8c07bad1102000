"""The schema on a server: the same tables, the functions that SQLite has built in, and triggers of its own.

Each step takes its tables from the migration step of the same number, so that both engines have the same ones.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from statusdesk.domain.folding import fold
from statusdesk.store.migrations import JOURNAL, first_tables

if TYPE_CHECKING:
    from statusdesk.store.migrations import Runs, Step

NAMESPACE: Final = "statusdesk"
"""The schema, in PostgreSQL's meaning of the word, that holds everything of ours."""

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

_LAST_LETTER: Final = 0x20000
"""From here on there are no letters with two cases and no accents."""

_COUNTED: Final = ("account", "entry", "status", "status_change", "plan", "plan_step")


def first_schema(run: Runs) -> None:
    """Make every table, index, function and trigger of schema 1."""
    for statement in (*_FUNCTIONS, _fold(), _REFUSE, _GO_ON):
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


@cache
def _fold() -> str:
    """Return the function that folds a text as `domain.folding.fold` does, letter by letter."""
    letters, folded, gone, longer = [], [], [], []
    for code in range(0x80, _LAST_LETTER):
        letter = chr(code)
        if 0xD800 <= code < 0xE000 or unicodedata.normalize("NFKD", letter) != letter:
            continue
        into = fold(letter)
        if not into:
            gone.append(letter)
        elif len(into) > 1:
            longer.append((letter, into))
        elif into != letter:
            letters.append(letter)
            folded.append(into)
    body = f"translate(normalize(given, NFKD), '{''.join(letters + gone)}', '{''.join(folded)}')"
    for letter, into in longer:
        body = f"replace({body}, '{letter}', '{into}')"
    return (
        "CREATE FUNCTION fold(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
        f' RETURN lower({body} COLLATE "C")'
    )


SERVER_STEPS: tuple[Step, ...] = (first_schema,)
"""Step n brings a server's database from schema n-1 to n."""
