"""The one road that a file takes into the database, for window and command alike.

`exchange.reading` opens a table, `guess_plan` proposes what its columns and words mean, people correct that, and
`import_table` tries it (`dry_run`) and then does it: the same code, so the counts are the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from statusdesk.domain.folding import name_key
from statusdesk.domain.looks import Look, Shape, suggest_look
from statusdesk.services.exchange.interpreting import Findings, RefusedRow, interpret_blocks
from statusdesk.services.exchange.meaning import PlanGuess, StatusGuess, guess_plan, guess_words
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.refused import write_refused
from statusdesk.services.exchange.status_words import status_words_in
from statusdesk.services.intake import Request, bring_in
from statusdesk.store.incoming import IncomingRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from statusdesk.domain.changes import Consequences, Outcome
    from statusdesk.domain.records import Status, StatusFields
    from statusdesk.services.desk import Desk
    from statusdesk.services.exchange.converters import Value
    from statusdesk.services.exchange.interpreting import Block
    from statusdesk.services.exchange.tables import Table
    from statusdesk.services.intake import ImportOutcome
    from statusdesk.store.store import Store

__all__ = [
    "REFUSED_SHOWN",
    "ImportReport",
    "PlanGuess",
    "Progress",
    "StatusGuess",
    "guess_plan",
    "guess_words",
    "import_table",
    "save_refused",
    "used_statuses",
]

Progress = Callable[[int, float], None]
"""Is told how many rows of the file are read, and which fraction of it (0 to 1), every few thousand rows.

Whatever it raises, such as `Cancelled`, ends the work, and nothing is kept.
"""

REFUSED_SHOWN = 1_000
"""So many refused rows are kept for showing; all of them are counted, and all can be saved."""

_NO_STATUS = "is not given, and every new account needs one"


def used_statuses(store: Store) -> frozenset[int]:
    """Return the ids of the statuses that accounts have, as `guess_plan` and `guess_words` want them."""
    return frozenset(status_id for status_id, (accounts, _) in store.statuses.counts().items() if accounts)


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
    request = Request(
        run.plan.fields,
        table.path.name,
        tuple(run.new_statuses()),
        update_existing=plan.on_existing == "update",
        default_status=run.default_status,
        reason=reason,
    )
    return run.report(bring_in(desk, request, run.rows(), dry_run=dry_run))


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
    return write_refused(path, table, run.refused_again(report.done))


class _Run:
    """One pass of a table through a plan."""

    def __init__(self, desk: Desk, table: Table, plan: ImportPlan, progress: Progress | None) -> None:
        plan.check(table.columns, table.path.name)
        self._store = desk.store
        self._table = table
        retired = [status for status in desk.store.statuses.all() if status.retired]
        self._retired = frozenset(status.id for status in retired)
        self._plan = _with_retired(_needed(plan, table), retired)
        self._progress = progress
        self._findings = Findings()
        self._refused: list[RefusedRow] = []
        self._refused_count = 0

    @property
    def plan(self) -> ImportPlan:
        """The plan with what the table needs of it."""
        return self._plan

    @property
    def default_status(self) -> int | None:
        """The status of new accounts without one, as rows have it."""
        choice = self._plan.default_status
        return None if choice is None else self._plan.status_value(choice)

    def new_statuses(self) -> list[StatusFields]:
        """Return the statuses to make, each with a look that nobody takes for that of another one."""
        looks = [Look(Shape(s.shape), s.colour) for s in self._store.statuses.all(retired=False)]
        made: list[StatusFields] = []
        for status in self._plan.new_statuses:
            looks.append(suggest_look(looks))
            made.append({**status.as_fields(), "shape": looks[-1].shape.value, "colour": looks[-1].colour})
        return made

    def rows(self) -> Iterator[IncomingRows]:
        """Yield the rows that can be brought in, and keep count of the others."""
        for block in self._told(self._findings):
            self._refused_count += len(block.refused)
            self._refused += block.refused[: REFUSED_SHOWN - len(self._refused)]
            if block.lines:
                yield IncomingRows(block.lines, block.columns)

    def report(self, done: ImportOutcome) -> ImportReport:
        """Put together what the desk says and what came to light on the way."""
        late = _refused_late(done)
        shown = dict(sorted(late.items())[:REFUSED_SHOWN])
        refused = islice(heapq.merge(self._refused, self._with_cells(shown), key=_line), REFUSED_SHOWN)
        count = self._refused_count + len(late)
        return ImportReport(done, tuple(refused), count, self._findings)

    def refused_again(self, done: ImportOutcome) -> Iterator[RefusedRow]:
        """Yield all refused rows, by line."""
        refused = chain.from_iterable(block.refused for block in self._told(Findings()))
        return heapq.merge(refused, self._with_cells(_refused_late(done)), key=_line)

    def _told(self, findings: Findings) -> Iterator[Block]:
        info, count = self._store.info, 0
        takes = self._takes if self._retired else None
        for block in interpret_blocks(
            self._table, self._plan, info.currency, info.time_zone, findings, takes=takes
        ):
            yield block
            count += len(block.lines) + len(block.refused)
            if self._progress is not None:
                self._progress(count, self._table.fraction)
        if self._progress is not None:
            self._progress(count, 1.0)

    def _takes(self, number: str, status: Value) -> bool:
        """Say whether an account can have a status: one that is retired keeps its accounts and takes no others."""
        if status not in self._retired:
            return True
        account = self._store.accounts.by_number(number)
        return account is not None and account.status_id == status

    def _with_cells(self, late: Mapping[int, tuple[str, str]]) -> Iterator[RefusedRow]:
        column = self._plan.mapping.get("status", "")
        if late:
            for line, cells in self._table.rows():
                if line in late:
                    value, reason = late[line]
                    yield RefusedRow(line, "status", column if value else "", value, reason, tuple(cells))


def _refused_late(done: ImportOutcome) -> dict[int, tuple[str, str]]:
    """Return by line which status a row asks for that only the desk could refuse, and why."""
    return {**dict.fromkeys(done.without_status, ("", _NO_STATUS)), **done.against_rules}


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


def _with_retired(plan: ImportPlan, retired: Iterable[Status]) -> ImportPlan:
    """Return the plan with the names of retired statuses as words, where it does not decide about them."""
    decided = {name_key(word) for word in plan.status_words}
    names = {status.name: status.id for status in retired if name_key(status.name) not in decided}
    return replace(plan, status_words={**plan.status_words, **names})


def _line(row: RefusedRow) -> int:
    return row.line
