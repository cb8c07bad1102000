"""From the start of the process to the first complete picture, against an empty window of the toolkit's own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import data
from benchmarks.pairs import Figure, Target, Trial, by_turns
from benchmarks.raw import copies

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write("painted\\n")
        sys.stdout.flush()

app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
APP = """
import sys
from statusdesk import app
from statusdesk.gui import toolkit

bring_in_qt = toolkit.bring_in

def bring_in():
    bring_in_qt()
    from PySide6.QtCore import QEvent, QTimer
    from statusdesk.gui import main

    class Window(main.MainWindow):
        def showEvent(self, event):
            super().showEvent(event)
            self.accounts.listed.connect(self.watch)

        def watch(self):
            self.accounts._table.viewport().installEventFilter(self)

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                assert watched.parent().model().rowCount()
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self):
            sys.stdout.write("painted\\n")
            sys.stdout.flush()

    main.MainWindow = Window

toolkit.bring_in = bring_in
app.run(["--database", *sys.argv[1:]])
"""
"""The whole program, as from the command line; its window says when it has painted itself with rows in it."""


def figures(accounts: int, rounds: int) -> Iterator[Figure]:
    """Measure starting the program on a database, and the same on a small one."""
    against = "bare QApplication and QMainWindow, same interpreter"
    with copies(accounts, 1) as (path,), copies(data.SMALL, 1) as (small,):
        env = _environment(path.parent)
        bare, app, little = _starting(env, BARE), _starting(env, APP, path), _starting(env, APP, small)
        readings, theirs, smalls = by_turns(max(rounds, 9), app, bare, little)
    yield Figure("process start to first complete paint", against, accounts, Target(1.75), readings, theirs)
    if accounts != data.SMALL:
        yield Figure("the same", f"{data.SMALL:,} accounts", accounts, Target(1.1), readings, smalls)


def _environment(place: Path) -> dict[str, str]:
    """Return an environment without anybody's settings, where compiled modules are kept, as in an installation."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    here = str(place)
    return kept | {"XDG_CONFIG_HOME": here, "XDG_STATE_HOME": here, "PYTHONPYCACHEPREFIX": here}


def _starting(env: dict[str, str], script: str, *arguments: Path) -> Trial:
    def start() -> float:
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-P", "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=env
        ) as child:
            assert child.stdout is not None
            said = child.stdout.readline()
            seconds = time.perf_counter() - began
            child.kill()
        if said != "painted\n":
            raise AssertionError("the window was never painted")
        return seconds

    return start
