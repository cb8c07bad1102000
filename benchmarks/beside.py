"""The list beside Qt's own model of a database table: jumping, sorting, filtering and searching, all painted."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks import data
from benchmarks.pairs import Figure, Target, Trial, by_turns, timed
from benchmarks.raw import copies
from benchmarks.window import Stage, stage
from statusdesk.services.listing import ListQuery

Qt = Callable[[str], float]
"""Tells Qt's table what to do, and returns the seconds that it took."""

AGAINST = "QSqlTableModel, in a process of its own"
STATUSES = (2, 3)
WORDS = ("byrne", "4711")
_IN_STATUS = "id IN (SELECT account_id FROM account_state WHERE status_id = {})"


def figures(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure both by turns; there are no targets, as it is Qt that people may wonder about."""
    with stage(accounts) as made, copies(accounts, 1) as (path,), _qt_table(path) as qt:
        for what, ours, theirs in _pairs(made, qt):
            yield _figure(what, made, rounds, ours, theirs)
        made.answered(lambda: made.shown.ask(ListQuery()), complete=True)
        qt("select")
        fetched = qt("fetch")
        note = f"Qt has all rows, and the length of its scroll bar, after {fetched:.1f} s"
        chance, bar = random.Random(4), made.shown.table.verticalScrollBar()

        def jump() -> float:
            with timed() as watch:
                bar.setValue(chance.randrange(bar.maximum() + 1))
                made.shown.table.viewport().repaint()
            return watch.seconds

        yield _figure(
            "jump to a random row", made, 3 * rounds, jump, lambda: qt(f"jump {chance.randrange(accounts)}"), note
        )


def _pairs(made: Stage, qt: Qt) -> Iterator[tuple[str, Trial, Trial]]:
    """Yield what both are asked for; each question follows another one, so that there is something to do."""

    def ours(*queries: ListQuery) -> Trial:
        turns = cycle(queries)

        def once() -> float:
            made.settle()
            with timed() as watch:
                made.answered(partial(made.shown.ask, next(turns)))
            return watch.seconds

        return once

    def theirs(*deeds: str) -> Trial:
        turns = cycle(deeds)
        return lambda: qt(next(turns))

    city, name = ListQuery(sort="city"), ListQuery(sort="name")
    yield "sort by name or city, first page painted", ours(name, city), theirs("sort name", "sort city")
    yield (
        "one status, first page painted",
        ours(*(ListQuery(frozenset({status})) for status in STATUSES)),
        theirs(*(f"filter {_IN_STATUS.format(status)}" for status in STATUSES)),
    )
    yield (
        "search in all fields, first page painted",
        ours(*(ListQuery(search=word) for word in WORDS)),
        theirs(*(f"filter search LIKE '%{word}%'" for word in WORDS)),
    )


def _figure(what: str, made: Stage, rounds: int, ours: Trial, theirs: Trial, note: str = "") -> Figure:
    readings, limit = by_turns(rounds, ours, theirs)
    return Figure(what, AGAINST, made.accounts, Target(), readings, limit, note=note)


@contextmanager
def _qt_table(path: Path) -> Iterator[Qt]:
    script = data.FOLDER.parent / "qt_table.py"
    with subprocess.Popen(
        [sys.executable, str(script), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        deeds, answers = process.stdin, process.stdout
        assert deeds is not None
        assert answers is not None

        def tell(deed: str) -> float:
            print(deed, file=deeds, flush=True)
            return float(answers.readline())

        tell("select")
        yield tell
        deeds.close()
