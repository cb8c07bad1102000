"""The list as people feel it: a real window and its event loop, from the deed to the end of the paint."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.pairs import Figure, Target, by_turns, timed
from benchmarks.raw import connect, copies
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.folding import fold
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.panes.account_list import AccountList
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.theme import apply_theme
from statusdesk.gui.widgets.search_field import SearchField
from statusdesk.services.listing import ListQuery

FRAME = 16.0
PAGE = 50
TERMS = (
    "zzzq 0999999 7907416 79074 ac-00123 user4711 xyz wróbel jose lodz łódź zürich byrne o'neill nielsen kaya "
    "東京 παπα иван dorf church smi smith mül an ma ki 49 e a"
).split()
_PAGE = "SELECT a.*, s.* FROM account a JOIN account_state s ON s.account_id = a.id WHERE a.id IN (%s)"
_LIKE = "SELECT id FROM account WHERE closed = 0 AND search LIKE ? ESCAPE '!' ORDER BY number LIMIT 50"
_COUNT = "SELECT count(*) FROM account WHERE closed = 0 AND search LIKE ? ESCAPE '!'"


@dataclass
class Stage:
    """A window on a copy of a database, and a bare connection to the same file's twin."""

    window: MainWindow
    engine: sqlite3.Connection
    accounts: int

    @property
    def shown(self) -> AccountList:
        """The list of the window."""
        found = self.window.accounts.findChild(AccountList)
        assert isinstance(found, AccountList)
        return found

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the event loop run until something holds."""
        loop = QEventLoop()
        timer = QTimer()
        timer.timeout.connect(lambda: loop.quit() if holds() else None)
        timer.start(1)
        if not holds():
            loop.exec()

    def answered(self, deed: Callable[[], object], *, complete: bool = False) -> None:
        """Do something that asks for another list, and wait for its first page, or all of it, to be painted."""
        shown = self.shown
        loop = QEventLoop()

        def look() -> None:
            if shown.complete or not complete:
                loop.quit()

        shown.listed.connect(look)
        deed()
        loop.exec()
        shown.listed.disconnect(look)
        shown.table.viewport().repaint()

    def complete(self) -> None:
        """Wait until the whole list is known."""
        if not self.shown.complete:
            self.answered(lambda: None, complete=True)

    def settle(self) -> None:
        """Wait until nothing is asked any more."""
        self.until(lambda: self.window.accounts.settled and self.window.session.jobs.idle)


@contextmanager
def stage(accounts: int) -> Iterator[Stage]:
    """Show a window on a copy of a database of so many accounts."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    with copies(accounts, 2) as (path, twin):
        window = MainWindow(open_session(path), Prompts(), remembers=False)
        window.show()
        engine = connect(twin)
        made = Stage(window, engine, accounts)
        made.settle()
        yield made
        made.settle()
        window.close()
        engine.close()
        app.processEvents()


def lists(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure jumping, sorting, filtering and searching."""
    with stage(accounts) as made:
        yield _jump(made, rounds)
        yield _reorder(made, rounds)
        yield from _search(made)


def _jump(made: Stage, rounds: int) -> Figure:
    table, chance = made.shown.table, random.Random(1)
    bar = table.verticalScrollBar()
    plain = _plain_table(table)

    def ours() -> float:
        place = chance.randrange(bar.maximum() + 1)
        with timed() as watch:
            bar.setValue(place)
            table.viewport().repaint()
        return watch.seconds

    def limit() -> float:
        with timed() as watch:
            plain.viewport().repaint()
        return watch.seconds

    readings, theirs = by_turns(max(rounds, 30), ours, limit, warm_up=3)
    plain.close()
    target = Target(2, never_over=FRAME)
    against = "one repaint of a QTableView on a QStandardItemModel"
    return Figure("jump to a random row, painted", against, made.accounts, target, readings, theirs)


def _plain_table(table: QTableView) -> QTableView:
    """Return a table of Qt's own that shows as many rows and columns."""
    columns = table.model().columnCount()
    model = QStandardItemModel(64, columns)
    for row in range(64):
        for column in range(columns):
            model.setItem(row, column, QStandardItem(f"Cell {row}, {column}"))
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
    view.resize(table.size())
    view.show()
    QTest.qWaitForWindowExposed(view)
    QApplication.processEvents()
    return view


def _reorder(made: Stage, rounds: int) -> Figure:
    shown, chance = made.shown, random.Random(2)
    queries = [
        ListQuery(sort="name"),
        ListQuery(sort="status_since", descending=True),
        ListQuery(frozenset({2})),
        ListQuery(frozenset({2}), sort="status_since", descending=True),
        ListQuery(sort="status"),
        ListQuery(sort="city"),
        ListQuery(),
    ]
    turns = iter(queries * 100)

    def ours() -> float:
        made.settle()
        with timed() as watch:
            made.answered(lambda: shown.ask(next(turns)))
        return watch.seconds

    def limit() -> float:
        ids = ", ".join(str(chance.randrange(1, made.accounts)) for _ in range(PAGE))
        with timed() as watch:
            made.engine.execute(_PAGE % ids).fetchall()
        return watch.seconds

    readings, theirs = by_turns(max(rounds, 2 * len(queries)), ours, limit)
    what = "sort or filter changed, first page painted"
    return Figure(
        what, "raw fetch of that page by known ids", made.accounts, Target(2, or_ms=FRAME), readings, theirs
    )


def _search(made: Stage) -> Iterator[Figure]:
    field = made.window.accounts.findChild(SearchField)
    assert isinstance(field, SearchField)
    made.answered(lambda: made.shown.ask(ListQuery()), complete=True)
    typed: list[float] = []
    counted: list[float] = []
    like: list[float] = []
    count: list[float] = []
    for term in TERMS:
        field.setText(term[:-1])
        made.settle()
        began = time.perf_counter()
        made.answered(partial(_type, field, term))
        typed.append((time.perf_counter() - began) * 1000)
        made.complete()
        counted.append((time.perf_counter() - began) * 1000)
        pattern = f"%{fold(term)}%"
        with timed() as watch:
            made.engine.execute(_LIKE, (pattern,)).fetchall()
        page = watch.seconds * 1000
        with timed() as watch:
            made.engine.execute(_COUNT, (pattern,)).fetchone()
        count.append(watch.seconds * 1000)
        like.append(page + count[-1])
    what = f"keystroke to first page painted, {len(TERMS)} terms"
    against = "LIKE on one folded column: page and count"
    target = Target(0.25, never_over=50)
    yield Figure(what, against, made.accounts, target, typed, like, note=f"worst {max(typed):.0f} ms")
    against = "the same LIKE's count"
    yield Figure("exact number of matches", against, made.accounts, Target(0.4), counted, count)


def _type(field: SearchField, term: str) -> None:
    """Press the last key of a term."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, term[-1])
        QApplication.sendEvent(field, key)


def gaps(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure how long the event loop stands still while very many accounts move."""
    percentiles: list[float] = []
    worst: list[float] = []
    with stage(accounts) as made:
        ids = tuple(random.Random(5).sample(range(1, accounts + 1), min(100_000, accounts)))
        for turn in range(rounds):
            found = sorted(_heartbeat(made, ids, 2 + turn % 2))
            percentiles.append(found[int(len(found) * 0.99)] * 1000)
            worst.append(found[-1] * 1000)
    what = f"gap of the event loop while {len(ids):,} accounts move, 99th percentile"
    note = f"longest {max(worst):.0f} ms"
    yield Figure(what, "–", accounts, Target(or_ms=50), percentiles, note=note)


def _heartbeat(made: Stage, ids: tuple[int, ...], status: int) -> list[float]:
    """Move the accounts while the list scrolls; return the seconds between beats of four milliseconds."""
    found: list[float] = []
    last = time.perf_counter()
    bar, chance = made.shown.table.verticalScrollBar(), random.Random(3)

    def beat() -> None:
        nonlocal last
        found.append(time.perf_counter() - last)
        if len(found) % 15 == 0:
            bar.setValue(chance.randrange(bar.maximum() + 1))
        last = time.perf_counter()

    timer = QTimer()
    timer.timeout.connect(beat)
    moved: list[object] = []
    timer.start(4)
    made.window.session.perform(
        lambda desk, progress: desk.reassign(AccountIds(ids), status, progress=progress.tell), done=moved.append
    )
    made.until(lambda: bool(moved))
    made.settle()
    timer.stop()
    return found[1:]
