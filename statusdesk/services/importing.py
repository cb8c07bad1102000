"""The one road that a file takes into the database, for window and command alike.

`exchange.reading` opens a table, `guess_plan` proposes what its columns and words mean, people correct that, and
`import_table` tries it (`dry_run`) and then does it: the same code, so the counts are the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from statusdesk.domain.folding import name_key
from statusdesk.domain.instants import DATE_FORMATS
from statusdesk.domain.looks import Look, Shape, suggest_look
from statusdesk.services.exchange.interpreting import Findings, RefusedRow, interpret
from statusdesk.services.exchange.mapping import match_columns
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.refused import write_refused
from statusdesk.services.exchange.status_words import (
    guess_status_words,
    status_words_in,
    suggest_status,
    words_left,
)
from statusdesk.services.exchange.styles import guess_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from statusdesk.domain.changes import Consequences, Outcome
    from statusdesk.domain.records import Status, StatusFields
    from statusdesk.services.desk import Desk
    from statusdesk.services.exchange.interpreting import Row
    from statusdesk.services.exchange.tables import Table
    from statusdesk.services.intake import ImportOutcome

Progress = Callable[[int, float], None]
"""Is told how many rows of the file are read, and which fraction of it (0 to 1), every few thousand rows.

Whatever it raises, such as `Cancelled`, ends the work, and nothing is kept.
"""

REFUSED_SHOWN = 1_000
"""So many refused rows are kept for showing; all of them are counted, and all can be saved."""

_TELL_EVERY = 2_000
_NO_STATUS = "is not given, and every new account needs one"


@dataclass(frozen=True, slots=True)
class StatusGuess:
    """The words of a status column, and what they may mean.

    `counted` says how many rows have each word, the commonest first; "" stands for empty cells. `known` are the
    clear ones, with the id of their status. `proposed` are new statuses for words that say what theirs would be:
    to be offered, and never made unasked. `open` are the words that only a person can decide.
    """

    counted: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    proposed: dict[str, NewStatus] = field(default_factory=dict)
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanGuess:
    """What a table seems to mean, for people to check.

    `plan` can be tried as it is, if its `mapping` has the number; it holds the clear status words, the decimal
    mark and the date style. `guessed` are the fields whose column was guessed. `date_styles` are the formats that
    the dates fit, the likeliest first: with more than one, a person must choose. `words` is empty without a
    status column.
    """

    plan: ImportPlan
    guessed: frozenset[str]
    date_styles: tuple[str, ...]
    words: StatusGuess


def guess_plan(table: Table, statuses: Iterable[Status], given: Mapping[str, str] | None = None) -> PlanGuess:
    """Guess how the table becomes accounts; `given` (field → column) is what people decided already.

    Reads the whole status column. Raises `NoSuchField`, `NoSuchColumn`, and `FileRefused` while reading.
    """
    match = match_columns(table.columns, given)
    decimal, styles = guess_styles(table, match.mapping)
    column = match.mapping.get("status")
    words = StatusGuess() if column is None else guess_words(table, column, statuses)
    style = styles[0] if styles else DATE_FORMATS[0]
    plan = ImportPlan(match.mapping, words.known, decimal=decimal, date_style=style)
    return PlanGuess(plan, match.guessed, styles, words)


def guess_words(table: Table, column: str, statuses: Iterable[Status]) -> StatusGuess:
    """Look through a whole status column. Raises `NoSuchColumn` and `FileRefused`."""
    counted = dict(status_words_in(table, column).most_common())
    known = guess_status_words(counted, statuses, column)
    proposals = {word: suggest_status(word, column) for word in words_left(counted, known) if word}
    proposed = {word: status for word, status in proposals.items() if status is not None}
    return StatusGuess(counted, known, proposed, words_left(counted, {**known, **proposed}))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or, on a dry run, would do.

    Every row of the file that is not blank is in exactly one of `created`, `updated`, `unchanged`, `skipped` and
    `refused_count`. `refused` are the first `REFUSED_SHOWN` of the refused rows, by line. `findings` counts
    negative monthly charges, which are kept. `done` is what the desk says of it.
    """

    done: ImportOutcome
    refused: tuple[RefusedRow, ...]
    refused_count: int
    findings: Findings

    @property
    def created(self) -> int:
        """Accounts made."""
        return self.done.created

    @property
    def updated(self) -> int:
        """Accounts changed."""
        return self.done.updated

    @property
    def unchanged(self) -> int:
        """Accounts that are already as the file says."""
        return self.done.unchanged

    @property
    def skipped(self) -> int:
        """Accounts that exist and were to be skipped."""
        return self.done.skipped

    @property
    def rows(self) -> int:
        """Rows of the file."""
        return self.created + self.updated + self.unchanged + self.skipped + self.refused_count

    @property
    def outcome(self) -> Outcome:
        """The outcome, as of any verb; its `change_set` is None where nothing was written."""
        return self.done.outcome

    @property
    def consequences(self) -> Consequences | None:
        """What the import does to billing and revenue, for the card."""
        return self.done.outcome.consequences

    @property
    def new_statuses(self) -> tuple[str, ...]:
        """Names of the statuses made."""
        return self.done.new_statuses

    @property
    def new_types(self) -> tuple[str, ...]:
        """Account types that were added to the list of those on offer."""
        return self.done.new_types


def import_table(
    desk: Desk,
    table: Table,
    plan: ImportPlan,
    *,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring a table in as one change set, whole or not at all; on a dry run nothing stays.

    Status words without a status in the plan make their rows refused; `words_left` tells before. Raises what
    `ImportPlan.check` raises, `FileRefused` where the file cannot be read to its end, and `Refused` where a new
    status is not allowed.
    """
    run = _Run(desk, table, plan, progress)
    done = desk.import_accounts(
        run.fields,
        run.rows(),
        file=table.path.name,
        new_statuses=run.new_statuses(),
        update_existing=plan.on_existing == "update",
        reason=reason,
        dry_run=dry_run,
    )
    return run.report(done)


def save_refused(
    desk: Desk,
    table: Table,
    plan: ImportPlan,
    report: ImportReport,
    path: Path,
    *,
    progress: Progress | None = None,
) -> int:
    """Save the refused rows of an import (or of its dry run) as CSV and return how many they are.

    The file has the table's columns and two before them, line and reason; once mended, it can be imported as it
    is. Raises `CannotWrite`, `FileChanged`, and whatever `progress` raises; an older file stays then.
    """
    run = _Run(desk, table, plan, progress)
    return write_refused(path, table, run.refused_again(frozenset(report.done.without_status)))


class _Run:
    """One pass of a table through a plan."""

    def __init__(self, desk: Desk, table: Table, plan: ImportPlan, progress: Progress | None) -> None:
        plan.check(table.columns, table.path.name)
        self._store = desk.store
        self._table = table
        self._plan = _needed(plan, table)
        self._progress = progress
        self._defaults = plan.default_status is not None and "status" not in plan.mapping
        self._findings = Findings()
        self._refused: list[RefusedRow] = []
        self._refused_count = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the rows; a status for new accounts comes behind those of the file."""
        return (*self._plan.fields, "status") if self._defaults else self._plan.fields

    def new_statuses(self) -> list[StatusFields]:
        """Return the statuses to make, each with a look that nobody takes for that of another one."""
        looks = [Look(Shape(s.shape), s.colour) for s in self._store.statuses.all(retired=False)]
        made: list[StatusFields] = []
        for status in self._plan.new_statuses:
            looks.append(suggest_look(looks))
            made.append({**status.as_fields(), "shape": looks[-1].shape.value, "colour": looks[-1].colour})
        return made

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can be brought in, and keep count of the others."""
        default = self._plan.default_status
        value = None if default is None else self._plan.status_value(default)
        for item in self._told(self._findings):
            if isinstance(item, RefusedRow):
                self._refused_count += 1
                if len(self._refused) < REFUSED_SHOWN:
                    self._refused.append(item)
            elif self._defaults:
                line, values = item
                known = self._store.accounts.by_number(str(values[0]))
                yield line, (*values, None if known else value)
            else:
                yield item

    def report(self, done: ImportOutcome) -> ImportReport:
        """Put together what the desk says and what came to light on the way."""
        lacking = self._without_status(frozenset(done.without_status[:REFUSED_SHOWN]))
        refused = islice(heapq.merge(self._refused, lacking, key=_line), REFUSED_SHOWN)
        count = self._refused_count + len(done.without_status)
        return ImportReport(done, tuple(refused), count, self._findings)

    def refused_again(self, without_status: frozenset[int]) -> Iterator[RefusedRow]:
        """Yield all refused rows, by line."""
        refused = (item for item in self._told(Findings()) if isinstance(item, RefusedRow))
        return heapq.merge(refused, self._without_status(without_status), key=_line)

    def _told(self, findings: Findings) -> Iterator[Row | RefusedRow]:
        info, count = self._store.info, 0
        for item in interpret(self._table, self._plan, info.currency, info.time_zone, findings):
            yield item
            count += 1
            if self._progress is not None and count % _TELL_EVERY == 0:
                self._progress(count, self._table.fraction)
        if self._progress is not None:
            self._progress(count, 1.0)

    def _without_status(self, lines: frozenset[int]) -> Iterator[RefusedRow]:
        if lines:
            column = self._plan.mapping["number"]
            place = self._table.index(column)
            for line, cells in self._table.rows():
                if line in lines:
                    yield RefusedRow(line, "status", "", cells[place], _NO_STATUS, tuple(cells))


def _needed(plan: ImportPlan, table: Table) -> ImportPlan:
    """Return the plan without new statuses for words that the table does not have: nobody would be in them."""
    default = None if "status" in plan.mapping else plan.default_status
    words = plan.status_words
    if any(isinstance(choice, NewStatus) for choice in words.values()):
        column = plan.mapping.get("status")
        there = set() if column is None else {name_key(word) for word in status_words_in(table, column)}
        words = {
            word: choice
            for word, choice in words.items()
            if not isinstance(choice, NewStatus) or name_key(word) in there
        }
    return replace(plan, status_words=words, default_status=default)


def _line(row: RefusedRow) -> int:
    return row.line
