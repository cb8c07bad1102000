"""How the engine goes about the questions that people wait for: by keys and indexes, whatever the number of rows.

A plan does not depend on the machine's mood, so it can be asserted where a time cannot.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest import mock

import pytest

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.fields import FIELDS
from statusdesk.domain.folding import fold, search_text
from statusdesk.services.desk import Desk
from statusdesk.services.report_requests import Kind, Request, answer
from statusdesk.store.lists import Lists
from statusdesk.store.store import Store

pytestmark = pytest.mark.files

GROWING = ("account", "account_state", "entry", "field_change", "change_set", "status_change")
"""Tables that have a row for each account or for each change."""


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Return a desk that imported accounts, changed a field of each, moved some, and took that back."""
    for name in ("Ada", "Bea"):
        rows = ((line, (f"{line}", name, 2, 990)) for line in range(20))
        desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="accounts.csv")
    desk.edit_account(1, {"number": "A-1", "name": "Ada B."})
    desk.reassign(AccountIds((1, 2, 3)), 3)
    desk.undo()
    return desk


Statements = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def statements(filled: Desk) -> Iterator[Statements]:
    """Return what tells which statements something runs."""
    connection: Any = filled.store.db.engine.connection()

    def of(deed: Callable[[], object]) -> list[str]:
        run: list[str] = []
        connection.set_trace_callback(run.append)
        deed()
        connection.set_trace_callback(None)
        return [sql for sql in run if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", sql)]

    yield of
    connection.set_trace_callback(None)


def _plan(store: Store, sql: str) -> list[str]:
    connection: Any = store.db.engine.connection()
    return [step[-1] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


def _reads_whole(sql: str, step: str) -> str | None:
    """Return the growing table that a step of a plan reads from end to end."""
    scanned = re.match(r"SCAN (\w+)", step)
    if scanned is None:
        return None
    name = scanned[1]
    for table in GROWING:
        if name == table or re.search(rf"(?<![\w.]){table}\s+(AS\s+)?{name}\b", sql):
            return table
    return None


PAINTING: dict[str, Callable[[Store], object]] = {
    "a page of rows": lambda store: store.accounts.page([3, 1, 2]),
    "an account by number": lambda store: store.accounts.by_number("3"),
    "statuses with their counts": lambda store: store.statuses.lines(),
    "counts": lambda store: store.statuses.counts(),
    "totals and peak": lambda store: store.totals(),
    "what undo takes back": lambda store: store.journal.undoable("anna"),
    "what redo does again": lambda store: store.journal.redoable("anna"),
    "a change set": lambda store: store.journal.get(3),
    "older change sets": lambda store: store.journal.newest(before=3),
    "a timeline": lambda store: store.journal.timeline(1, store.statuses.by_id()),
    "types on offer": lambda store: store.choices.all(),
}


@pytest.mark.parametrize("question", PAINTING.values(), ids=PAINTING)
def test_what_the_painting_thread_asks_is_answered_by_keys(
    filled: Desk, statements: Statements, question: Callable[[Store], object]
) -> None:
    asked = statements(lambda: question(filled.store))
    assert asked
    for sql in asked:
        steps = _plan(filled.store, sql)
        assert [step for step in steps if _reads_whole(sql, step)] == [], sql
        if any(re.search(rf"\b{table}\b", sql) for table in GROWING if table != "change_set"):
            sorted_by = [step for step in steps if "TEMP B-TREE" in step]
            assert sorted_by == [] or "chain" in sql, sql


VERBS: dict[str, Callable[[Desk], object]] = {
    "asking about some": lambda desk: desk.reassign(AccountIds((1, 2, 5)), 3, dry_run=True),
    "moving some": lambda desk: desk.reassign(AccountIds((1, 2, 5)), 3),
    "taking it back": lambda desk: desk.undo(),
    "doing it again": lambda desk: desk.redo(),
    "editing one": lambda desk: desk.edit_account(4, {"name": "Zoe", "monthly_charge": 1_000}),
    "taking the edit back": lambda desk: desk.undo(desk.edit_account(5, {"number": "A-5"}).change_set),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_a_change_costs_does_not_grow_with_the_database(
    filled: Desk, statements: Statements, verb: Callable[[Desk], object]
) -> None:
    for sql in statements(lambda: verb(filled)):
        whole = [step for step in _plan(filled.store, sql) if _reads_whole(sql, step)]
        assert whole == [], sql


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("matching", [Matching(), Matching(frozenset({2})), Matching(search="ada")])
def test_lists_and_exports_by_number_need_no_sorting(
    filled: Desk, statements: Statements, matching: Matching, descending: bool
) -> None:
    accounts = filled.store.accounts
    asked = statements(lambda: accounts.ids(matching, descending=descending))
    asked += statements(lambda: list(accounts.values(matching)))
    assert len(asked) == 2
    for sql in asked:
        assert not [step for step in _plan(filled.store, sql) if "TEMP B-TREE FOR ORDER" in step], sql


def test_searching_sees_folded_texts_as_folded_field_by_field() -> None:
    fields = ("AC-1", "Łucja Straße", "+49 (431) 12-34", "A@B.example", "Zürich", "Ἀθήνα 3")
    told = "\x1f".join(map(fold, (*fields[:2], "+49(431)12-34", "494311234", *fields[3:])))
    assert search_text(*fields) == told
    assert search_text("AC-1", None, "+49 431 1234", None, None, None) == "ac-1\x1f+494311234"
    assert search_text("AC-1", None, "4711", None, None, "") == "ac-1\x1f4711"


def _wholly_read(store: Store, asked: list[str]) -> list[str]:
    return [table for sql in asked for step in _plan(store, sql) if (table := _reads_whole(sql, step))]


FOLLOWING: dict[str, Callable[[Lists, str], object]] = {
    "how far the journal is": lambda lists, _: lists.newest(),
    "places of statuses": lambda lists, _: lists.places_of_statuses(),
    "texts of a span": lambda lists, _: lists.texts(0, 10, 0xE000),
    "accounts of a change": lambda lists, _: lists.in_change_set(3),
    "moves since": lambda lists, _: list(lists.moves(30)),
    "texts changed since": lambda lists, _: lists.rewritten(30, 10),
    "places changed since": lambda lists, sort: lists.displaced(30, sort, 50),
    "some in order, with what they sort by": lambda lists, sort: lists.ordered((1, 2), sort),
    "some in order": lambda lists, sort: lists.in_order((1, 2), sort, descending=True),
}
"""What a list asks while people look at it, of the journal's end and of a few accounts."""


@pytest.mark.parametrize("question", FOLLOWING.values(), ids=FOLLOWING)
def test_a_list_follows_changes_by_keys_whatever_it_is_sorted_by(
    filled: Desk, statements: Statements, question: Callable[[Lists, str], object]
) -> None:
    lists = Lists(filled.store.db)
    for field in FIELDS:
        asked = statements(partial(question, lists, field.name))
        assert asked
        assert _wholly_read(filled.store, asked) == []


@pytest.mark.parametrize("matching", [Matching(), Matching(frozenset({2})), Matching(search="ada")])
def test_a_list_that_is_not_in_memory_yet_is_read_once_and_sorted_at_most_once(
    filled: Desk, statements: Statements, matching: Matching
) -> None:
    lists, accounts = Lists(filled.store.db), filled.store.accounts
    for sort in (field.name for field in FIELDS):
        asked = statements(partial(lambda sort: list(lists.order(sort)), sort))
        asked += statements(partial(lists.head, matching, sort, descending=False, count=9))
        asked += statements(partial(accounts.ids, matching, sort=sort))
        assert _wholly_read(filled.store, asked) == ["account"] * len(asked)
        for sql in asked:
            sorting = [step for step in _plan(filled.store, sql) if "TEMP B-TREE" in step]
            assert len(sorting) <= (sort != "number"), sql


WHOLE: dict[Kind, set[str]] = {
    Kind.DISTRIBUTION: {"status_change"},
    Kind.OVER_TIME: {"status_change"},
    Kind.MATRIX: {"status_change"},
    Kind.MOVEMENT: {"status_change"},
    Kind.REVENUE: {"account_state"},
    Kind.PEAK: set(),
    Kind.GROWTH: {"account", "account_state", "status_change"},
    Kind.STUCK: {"account_state"},
    Kind.GHOSTS: {"account_state"},
}
"""What reports read from end to end, off the painting thread: never the journal of accounts."""


@pytest.mark.parametrize("kind", Kind)
def test_reports_read_no_more_than_they_count(filled: Desk, kind: Kind) -> None:
    db, run = filled.store.db, filled.store.db.run
    read: set[str] = set()

    def explained(sql: str, parameters: Any = ()) -> Any:
        if re.match(r"\s*(SELECT|WITH|INSERT)\b", sql):
            steps = [step[-1] for step in run(f"EXPLAIN QUERY PLAN {sql}", parameters)]
            read.update(table for step in steps if (table := _reads_whole(sql, step)))
        return run(sql, parameters)

    with mock.patch.object(db, "run", explained):
        answer(filled.store, Request(kind))
    assert read == WHOLE[kind]
