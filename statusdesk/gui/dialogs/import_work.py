"""The work behind the import dialog: reading, looking through and trying, all on the job thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from statusdesk.domain.errors import Cancelled
from statusdesk.gui.jobs import Progress
from statusdesk.gui.session import Session
from statusdesk.services import importing
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.mapping import match_columns
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.reading import TableGuess, inspect, open_table
from statusdesk.services.exchange.styles import guess_styles
from statusdesk.services.exchange.tables import NumberedRow, Table, TableOptions
from statusdesk.services.importing import ImportReport, StatusGuess

ROWS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A file read one way: its first rows, the columns' guessed fields, and the text of the doubtful line."""

    guess: TableGuess
    table: Table
    rows: list[NumberedRow]
    mapping: dict[str, str]
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """What the cells say: the decimal mark, the date formats that fit, and the words of the status column."""

    decimal: str | None
    date_styles: tuple[str, ...]
    words: StatusGuess | None


class ImportWork(QObject):
    """Runs one thing of each kind at a time; a newer wish replaces the older one.

    `opened(Opened)`, `studied(Study)` and `weighed(ImportReport)` are answers, `refused(Exception)` says why
    there is none. `told(int)` is how much of a dry run is done, in thousandths. Nothing is said after `close`.
    """

    opened = Signal(object)
    studied = Signal(object)
    weighed = Signal(object)
    told = Signal(int)
    refused = Signal(object)

    def __init__(self, session: Session, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self._guess: TableGuess | None = None
        self._running: dict[str, Progress] = {}
        self._closed = False
        session.crashed.connect(self._crash)

    @property
    def busy(self) -> bool:
        """True while an answer is still to come."""
        return bool(self._running)

    def open(self, options: TableOptions | None = None) -> None:
        """Read the file's first rows as the options say, or as they are guessed."""
        self.stop()

        def question(_desk: Desk, progress: Progress) -> Opened:
            guess = self._guess or inspect(self._path)
            return _opened(guess, options or guess.options, progress)

        self._ask("open", question, self._keep)

    def _keep(self, opened: Opened) -> None:
        self._guess = opened.guess
        self.opened.emit(opened)

    def study(self, table: Table, mapping: Mapping[str, str], *, words: bool) -> None:
        """Look at the cells of the mapped columns; at the whole status column only if its `words` are wanted."""
        self.stop("weigh")
        mapping = dict(mapping)

        def question(desk: Desk, progress: Progress) -> Study:
            decimal, styles = guess_styles(table, mapping)
            progress.check()
            column = mapping.get("status", "") if words else ""
            statuses, used = desk.store.statuses.all(), importing.used_statuses(desk.store)
            found = importing.guess_words(table, column, statuses, used=used) if column else None
            return Study(decimal, styles, found)

        self._ask("study", question, self.studied.emit)

    def weigh(self, table: Table, plan: ImportPlan) -> None:
        """Try the import."""

        def question(desk: Desk, progress: Progress) -> ImportReport:
            def tell(_rows: int, fraction: float) -> None:
                progress.tell(round(fraction * 1000))

            return importing.import_table(desk, table, plan, dry_run=True, progress=tell)

        self._ask("weigh", question, self.weighed.emit, self.told.emit)

    def _crash(self, error: Exception) -> None:
        """Say so when one of our own faults took an answer away."""
        if self._running and not self._closed:
            self._running.clear()
            self.refused.emit(error)

    def stop(self, kind: str = "") -> None:
        """Drop the work of this kind, or all of it."""
        for each in [kind] if kind else list(self._running):
            if progress := self._running.pop(each, None):
                progress.cancel()

    def close(self) -> None:
        """Stop everything and say nothing more."""
        self._closed = True
        self.stop()

    def _ask(
        self,
        kind: str,
        question: Callable[[Desk, Progress], Any],
        then: Callable[[Any], None],
        told: Callable[[int], None] | None = None,
    ) -> None:
        self.stop(kind)

        def current() -> bool:
            return not self._closed and self._running.get(kind) is progress

        def answered(answer: Any) -> None:
            if current():
                del self._running[kind]
                then(answer)

        def failed(error: Exception) -> None:
            if current():
                del self._running[kind]
                if not isinstance(error, Cancelled):
                    self.refused.emit(error)

        def progressed(done: int) -> None:
            if told is not None and current():
                told(done)

        progress = self._session.ask(question, answered, failed=failed, progressed=progressed)
        self._running[kind] = progress


def _opened(guess: TableGuess, options: TableOptions, progress: Progress) -> Opened:
    table = open_table(guess.path, options)
    rows = list(islice(table.rows(), ROWS_SHOWN))
    doubtful = _line(table, guess.doubt.facts["line"], progress) if guess.doubt else ""
    return Opened(guess, table, rows, match_columns(table.columns).mapping, doubtful)


def _line(table: Table, line: object, progress: Progress) -> str:
    """Return the cells of the row that reaches this line of the file, joined by bars."""
    found: list[str] = []
    for at, cells in table.rows():
        progress.check()
        if isinstance(line, int) and at > line:
            break
        found = cells
    return " | ".join(filter(None, found))
