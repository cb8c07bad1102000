"""Remembers what went wrong inside the program, so that people can send it; nothing of their accounts is kept.

Of an error its kind and its places in the code are kept. Its message is kept only where Python words it from code,
because others may quote what stands in the database. The same error again is only counted.
"""

import re
import sqlite3
import sys
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from statusdesk import __version__
from statusdesk.domain.errors import StatusDeskError
from statusdesk.services import logbook

KEPT: Final = 20
"""How many different errors are remembered."""

_PACKAGE: Final = Path(__file__).parents[1]
_FROM_CODE: Final = (AttributeError, TypeError, NameError, ImportError, RecursionError)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)")
_QUIET: Final = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]
Tell = Callable[[StatusDeskError], object]
Handler = Callable[[QtMsgType, QMessageLogContext, str], object]


class Reports:
    """The last errors and how often each came; any thread may add to them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._hook: Hook | None = None
        self._handler: Handler | None = None
        self._tell: Tell | None = None

    def install(self, tell: Tell | None = None) -> None:
        """Hear of what nobody catches, and of Qt's warnings; what a person can act on goes to `tell`."""
        self._tell = tell
        self._hook, sys.excepthook = sys.excepthook, self.hear_exception
        self._handler = qInstallMessageHandler(self.hear_qt)

    def remove(self) -> None:
        """Hear no more, as it was before `install`."""
        if self._hook is not None:
            sys.excepthook, self._hook = self._hook, None
        qInstallMessageHandler(self._handler)

    def record(self, error: BaseException) -> bool:
        """Remember an error; returns whether it is the first of its kind."""
        return self._add(_described(error))

    def hear_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Remember what nobody caught; the terminal gets it once, a stop by the keyboard ends the program."""
        if self._tell is not None and isinstance(error, StatusDeskError):
            self._tell(error)
        elif not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
        elif self.record(error) and sys.stderr is not None:
            traceback.print_exception(kind, error, trace, file=sys.stderr)

    def hear_qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        """Remember a warning of Qt; the terminal gets each once."""
        if kind in _QUIET:
            return
        if self._add(f"Qt: {_without_names(text)}") and sys.stderr is not None:
            sys.stderr.write(text + "\n")

    def _add(self, text: str) -> bool:
        with self._lock:
            first = text not in self._counts
            if first:
                logbook.note_fault(text)
            self._counts[text] = self._counts.pop(text, 0) + 1
            while len(self._counts) > KEPT:
                self._counts.popitem(last=False)
        return first

    def errors(self) -> list[str]:
        """Return the remembered errors, the latest last."""
        with self._lock:
            return [text if count == 1 else f"{text}\n  ({count} times)" for text, count in self._counts.items()]


def install(tell: Tell) -> None:
    """Hear of every error from now on; `tell` shows what a person can act on."""
    REPORTS.install(tell)


def record(error: BaseException) -> None:
    """Remember an error that was caught, but is our fault."""
    REPORTS.record(error)


def versions() -> str:
    """Say what runs on what, one thing a line."""
    import platform

    return "\n".join(
        (
            f"StatusDesk {__version__}",
            f"Python {platform.python_version()}",
            f"Qt {qVersion()} (PySide6 {PySide6.__version__})",
            f"SQLite {sqlite3.sqlite_version}",
            platform.platform(),
        )
    )


def report() -> str:
    """Return all that helps to find an error, without a word of what stands in the database."""
    errors = REPORTS.errors()
    return shortened("\n\n".join([versions(), *(errors or ["No errors were noticed since the start."])]))


def shortened(text: str) -> str:
    """Write ~ for the person's own folder: its name is often theirs."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _described(error: BaseException) -> str:
    lines = [f"  {_place(frame)}, in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    said = f": {error}" if isinstance(error, _FROM_CODE) else ""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    text = "\n".join([f"{type(error).__name__}{said}", *lines])
    return text if cause is None or cause is error else f"{text}\nafter {type(cause).__name__}"


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    ours = path.is_relative_to(_PACKAGE)
    return f"{path.relative_to(_PACKAGE.parent).as_posix() if ours else path.name}:{frame.lineno}"


def _without_names(text: str) -> str:
    return _QUOTED.sub("“…”", text)


REPORTS: Final = Reports()
"""What this program remembers while it runs."""
