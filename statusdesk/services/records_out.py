"""Statuses, accounts and history as records whose fields have the names that commands and files use.

What `--json` prints and what an export writes both come from here, so that they never tell two stories.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from statusdesk.domain import money
from statusdesk.domain.fields import FIELD, FIELDS, Kind
from statusdesk.domain.instants import IsoTexts, iso, local_text
from statusdesk.domain.phrases import describe
from statusdesk.domain.records import Stage
from statusdesk.services.exchange.tables import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from statusdesk.domain.changes import Selection
    from statusdesk.domain.records import ChangeSet, DatabaseInfo, Status, StatusLine
    from statusdesk.store.history import FieldStep, PlanValue
    from statusdesk.store.store import Store

Value = str | int | Decimal | None
"""Texts, counts, flags, and amounts with exactly the digits of the currency. Dates and instants are ISO texts."""

Record = dict[str, Value]

STATUS_FIELDS = (
    "name activates shape colour stage winback description required followers customer_note retired accounts"
    " monthly_charge"
).split()
ACCOUNT_FIELDS = [field.name for field in FIELDS]
HISTORY_FIELDS = (
    "change_set recorded_at effective_at author action description reason number status field old new".split()
)

_iso = lru_cache(maxsize=1_000)(iso)
_STATUS_FLAGS = ("activates", "winback", "retired", "deleted")


def amount(minor: int, currency: str) -> Decimal:
    """Return minor units as a number with exactly the digits of the currency: 123450 becomes 1234.50."""
    return Decimal(money.plain(minor, currency))


def status_records(store: Store, status_ids: frozenset[int] | None = None) -> Iterator[Record]:
    """Yield the statuses (None: all) in people's order; retired ones too, deleted ones not."""
    statuses = store.statuses.by_id()
    for line in store.statuses.lines():
        if status_ids is None or line.status.id in status_ids:
            yield status_record(line, statuses, store.info.currency)


def status_record(line: StatusLine, statuses: Mapping[int, Status], currency: str) -> Record:
    """Return one status with its counters; `statuses` are all, by id. Lists have semicolons between."""
    status = line.status
    return {
        "name": status.name,
        "activates": status.activates,
        "shape": status.shape,
        "colour": status.colour,
        "stage": status.stage.label,
        "winback": status.winback,
        "description": status.description,
        "required": "; ".join(status.required),
        "followers": "; ".join(statuses[follower].name for follower in status.followers),
        "customer_note": status.customer_note,
        "retired": status.retired,
        "accounts": line.accounts,
        "monthly_charge": amount(line.charge, currency),
    }


def account_records(store: Store, selection: Selection) -> Iterator[Record]:
    """Yield the selected accounts by number, or in the order of their ids, without holding them all in memory."""
    for row in account_rows(store, selection):
        yield dict(zip(ACCOUNT_FIELDS, row, strict=True))


def account_rows(store: Store, selection: Selection, *, texts: bool = False) -> Iterator[tuple[Value, ...]]:
    """Yield the same as tuples in the order of `ACCOUNT_FIELDS`; with `texts` all of it as CSV has it."""
    statuses = {status_id: status.name for status_id, status in store.statuses.by_id().items()}
    written, currency = money.plain if texts else amount, store.info.currency
    converters: dict[Kind, Callable[[int], Value]] = {
        Kind.STATUS: statuses.__getitem__,
        Kind.INSTANT: IsoTexts(store.info.time_zone).__call__,
        Kind.MONEY: lru_cache(10_000)(lambda minor: written(minor, currency)),
        Kind.FLAG: ("no", "yes").__getitem__ if texts else bool,
    }
    if texts:
        converters[Kind.COUNT] = lru_cache(1_000)(str)
    typed = [(place, converters[field.kind]) for place, field in enumerate(FIELDS) if field.kind in converters]
    rows = store.accounts.values(selection)
    while block := list(islice(rows, BLOCK)):
        columns: list[Iterable[Any]] = list(zip(*block, strict=True))
        for place, convert in typed:
            columns[place] = map(convert, columns[place])
        yield from zip(*columns, strict=True)


def history_records(store: Store, status_ids: frozenset[int] | None = None) -> Iterator[Record]:
    """Yield every recorded change, oldest first: one record for each field that went from old to new.

    With `status_ids` only changes of these statuses, and of the accounts that have one of them now.
    """
    from statusdesk.store.history import steps

    statuses = store.statuses.by_id()
    change_set: ChangeSet | None = None
    for step in steps(store.db, status_ids):
        if change_set is None or change_set.id != step.change_set_id:
            change_set = store.journal.get(step.change_set_id)
        if change_set is not None:
            yield _history_record(step, change_set, statuses, store.info)


def _history_record(
    step: FieldStep, change_set: ChangeSet, statuses: Mapping[int, Status], info: DatabaseInfo
) -> Record:
    return {
        "change_set": change_set.id,
        "recorded_at": _iso(change_set.recorded_at, info.time_zone),
        "effective_at": _iso(step.effective_at, info.time_zone),
        "author": change_set.author,
        "action": change_set.kind,
        "description": describe(change_set),
        "reason": change_set.reason,
        "number": step.number or "",
        "status": "" if step.status_id is None else statuses[step.status_id].name,
        "field": step.field,
        "old": _told(step, step.old, statuses, info),
        "new": _told(step, step.new, statuses, info),
    }


def _plan_told(value: PlanValue, statuses: Mapping[int, Status], info: DatabaseInfo) -> str:
    return f"{value.state}: {statuses[value.status_id].name}, {local_text(value.due_at, info.time_zone)}"


def _told(
    step: FieldStep, value: str | int | PlanValue | None, statuses: Mapping[int, Status], info: DatabaseInfo
) -> Value:
    """Return an old or new value as its field is written elsewhere."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str | int):
        return _plan_told(value, statuses, info)
    if step.status_id is not None:
        if step.field in _STATUS_FLAGS:
            return value == "1"
        if step.field == "followers":
            return "; ".join(statuses[int(follower)].name for follower in str(value).split())
        return Stage(str(value)).label if step.field == "stage" else value
    kind = FIELD[step.field].kind
    if kind is Kind.STATUS:
        return statuses[int(value)].name
    if kind is Kind.MONEY:
        return amount(int(value), info.currency)
    return bool(int(value)) if kind is Kind.FLAG else value
