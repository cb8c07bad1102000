"""How much memory the list takes, once scrolled, sorted and searched, against Qt's own model of the table."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks import data
from benchmarks.pairs import Figure, Target
from benchmarks.raw import copies
from benchmarks.window import Stage
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.theme import apply_theme
from statusdesk.services.listing import ListQuery

_SAY = """
import os
from pathlib import Path
pages = int(Path("/proc/self/statm").read_text().split()[1])
print("MB", pages * os.sysconf("SC_PAGE_SIZE") / 1e6, flush=True)
os._exit(0)
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
"""
_QT = """
import sys
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
database = QSqlDatabase.addDatabase("QSQLITE")
database.setDatabaseName(sys.argv[1])
assert database.open()
model = QSqlTableModel()
model.setTable("account")
model.select()
while model.canFetchMore():
    model.fetchMore()
view = QTableView()
view.setModel(model)
window.setCentralWidget(view)
window.show()
view.scrollToBottom()
app.processEvents()
"""
_OURS = """
import sys
from benchmarks.memory import use
kept = use(sys.argv[1])
"""
_SORTS = ("name", "city", "status_since", "monthly_charge", "status", "number")
_WORDS = ("a", "smith", "lodz", "4711", "zzzq", "an")


def figures(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure what the window adds to a bare one, and what QSqlTableModel does."""
    ours: list[float] = []
    theirs: list[float] = []
    with copies(accounts, 1) as (path,):
        for _ in range(min(rounds, 3)):
            bare = _megabytes(_BARE)
            ours.append(_megabytes(_OURS, path) - bare)
            theirs.append(_megabytes(_QT, path) - bare)
    what = "memory beyond a bare window, scrolled, sorted and searched"
    against = "QSqlTableModel, scrolled to the end"
    yield Figure(what, against, accounts, Target(0.35), ours, theirs, unit="MB")


def _megabytes(script: str, *arguments: Path) -> float:
    command = [sys.executable, "-c", script + _SAY, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=data.FOLDER.parent.parent)
    return float(done.stdout.split()[-1])


def use(path: str) -> object:
    """Open a window, and scroll, sort and search through its list; return what must be kept."""
    app = QApplication([])
    apply_theme(app, "light")
    window = MainWindow(open_session(Path(path)), Prompts(), remembers=False)
    window.show()
    made = Stage(window, sqlite3.connect(":memory:"), 0)
    made.settle()
    bar, chance = made.shown.table.verticalScrollBar(), random.Random(1)
    for query in [ListQuery(sort=sort) for sort in _SORTS] + [ListQuery(search=word) for word in _WORDS]:
        made.answered(partial(made.shown.ask, query), complete=True)
        for _ in range(20):
            bar.setValue(chance.randrange(bar.maximum() + 1))
            made.shown.table.viewport().repaint()
    made.settle()
    return app, made
