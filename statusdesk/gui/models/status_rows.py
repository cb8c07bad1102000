"""What the rows of the status table are, and where a status goes when it is dragged or stepped; no Qt."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from statusdesk.domain.distribution import shares
from statusdesk.domain.records import STAGES, Stage, Status, StatusLine


class Column(IntEnum):
    """The columns, from the leading side on."""

    STATUS = 0
    EFFECT = 1
    ACCOUNTS = 2
    SHARE = 3
    MONTHLY = 4


class StatusRow(NamedTuple):
    """A status with its counters and its share of all accounts, in tenths of a percent."""

    line: StatusLine
    share: int

    @property
    def key(self) -> int:
        """What this row is known by while its texts change: the status's id."""
        return self.line.status.id


class StageRow(NamedTuple):
    """A stage with the sums of its statuses: accounts, monthly charges (minor units), tenths of a percent."""

    stage: Stage
    statuses: int
    accounts: int
    charge: int
    share: int

    @property
    def key(self) -> Stage:
        """What this row is known by while its sums change."""
        return self.stage


Row = StatusRow | StageRow


class Place(NamedTuple):
    """Where a status is to go: a stage, and the position there (0 is first) without counting the status itself."""

    status_id: int
    stage: Stage
    position: int


def build_rows(lines: Sequence[StatusLine], *, retired: bool) -> list[Row]:
    """Return the table's rows: each stage, followed by its statuses in people's order.

    Every stage is there, so that a status can be dragged into an empty one. A retired status is there while it
    has accounts; without any only if `retired`. The shares of all statuses add up to the whole.
    """
    parts = dict(zip((line.status.id for line in lines), shares(line.accounts for line in lines), strict=True))
    rows: list[Row] = []
    for stage in STAGES:
        shown = [
            StatusRow(line, parts[line.status.id])
            for line in lines
            if line.status.stage is stage and (retired or line.accounts or not line.status.retired)
        ]
        rows.append(_sum(stage, shown))
        rows.extend(shown)
    return rows


def _sum(stage: Stage, shown: Sequence[StatusRow]) -> StageRow:
    return StageRow(
        stage,
        len(shown),
        sum(row.line.accounts for row in shown),
        sum(row.line.charge for row in shown),
        sum(row.share for row in shown),
    )


def place_at_gap(rows: Sequence[Row], lines: Iterable[StatusLine], status_id: int, gap: int) -> Place | None:
    """Return where a status goes that is dropped before row `gap` (the number of rows: after the last one).

    Before a stage's row means at the end of the stage above. None where the status would stay where it is.
    """
    above = rows[: max(1, gap)]
    stage = next(row.stage for row in reversed(above) if isinstance(row, StageRow))
    start = next(at for at, row in enumerate(rows) if row.key is stage)
    before = sum(1 for row in above[start + 1 :] if row.key != status_id)
    return _place(rows, lines, status_id, stage, before)


def place_by_step(rows: Sequence[Row], lines: Iterable[StatusLine], status_id: int, step: int) -> Place | None:
    """Return where a status goes by one step up (-1) or down (1): past a neighbour, or into the next stage.

    None at the very top and the very bottom.
    """
    lines = list(lines)
    status = next(line.status for line in lines if line.status.id == status_id)
    shown = _shown(rows, status.stage)
    at = shown.index(status_id) + step
    if 0 <= at < len(shown):
        return _place(rows, lines, status_id, status.stage, at)
    next_stage = STAGES.index(status.stage) + step
    if not 0 <= next_stage < len(STAGES):
        return None
    stage = STAGES[next_stage]
    return _place(rows, lines, status_id, stage, 0 if step > 0 else len(_shown(rows, stage)))


def _shown(rows: Iterable[Row], stage: Stage) -> list[int]:
    return [row.key for row in rows if isinstance(row, StatusRow) and row.line.status.stage is stage]


def _place(
    rows: Sequence[Row], lines: Iterable[StatusLine], status_id: int, stage: Stage, before: int
) -> Place | None:
    """Turn a place among the shown statuses into one among all of the stage, hidden ones included."""
    everyone = [line.status for line in lines if line.status.stage is stage]
    others = [status.id for status in everyone if status.id != status_id]
    shown = [other for other in _shown(rows, stage) if other != status_id]
    if before < len(shown):
        index = others.index(shown[before])
    else:
        index = others.index(shown[-1]) + 1 if shown else len(others)
    return None if _is_there(everyone, shown, status_id, before) else Place(status_id, stage, index)


def _is_there(everyone: Sequence[Status], shown: Sequence[int], status_id: int, before: int) -> bool:
    ids = [status.id for status in everyone]
    return status_id in ids and before == sum(1 for other in shown if ids.index(other) < ids.index(status_id))
