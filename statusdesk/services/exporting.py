"""Takes accounts, statuses and history out into a file, for window and command alike.

The file's ending says whether it becomes CSV or XLSX. Its columns have the names that commands and imports use,
and its rows show one state of the database: importing exported accounts changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.services.exchange.errors import TooManyRows
from statusdesk.services.exchange.writing import MAX_ROWS, check_ending, write_records, write_rows
from statusdesk.services.records_out import (
    ACCOUNT_FIELDS,
    HISTORY_FIELDS,
    STATUS_FIELDS,
    account_rows,
    history_records,
    status_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from statusdesk.domain.changes import Selection
    from statusdesk.store.store import Store

Progress = Callable[[int, float], None]
"""Is told how many rows are written, and which fraction of all (0 to 1), every few hundred rows.

Whatever it raises, such as `Cancelled`, ends the work, and an older file of that name stays as it was.
"""

EVERYTHING = Matching()
"""All accounts."""

_TELL_EVERY = 500

T = TypeVar("T")


def export_accounts(
    store: Store, path: Path, selection: Selection = EVERYTHING, *, progress: Progress | None = None
) -> int:
    """Write accounts with all their fields and return how many they are: by number, or as their ids are given.

    Raises `UnknownEnding`, `CannotWrite`, `TooManyRows` and `TextTooLong`.
    """
    check_ending(path)
    with store.db.snapshot():
        total = len(selection.ids) if isinstance(selection, AccountIds) else store.accounts.count(selection)
        if total > MAX_ROWS and check_ending(path) == ".xlsx":
            raise TooManyRows(most=f"{MAX_ROWS:,}")
        texts = check_ending(path) == ".csv"
        rows = _told(account_rows(store, selection, texts=texts), progress, lambda count, _: count / max(1, total))
        return write_rows(path, ACCOUNT_FIELDS, rows, sheet="Accounts", remark=_remark(store))


def export_statuses(store: Store, path: Path, status_ids: frozenset[int] | None = None) -> int:
    """Write statuses (None: all, retired ones too) with their counters and return how many they are.

    Raises `UnknownEnding` and `CannotWrite`.
    """
    check_ending(path)
    with store.db.snapshot():
        return write_records(
            path, STATUS_FIELDS, status_records(store, status_ids), sheet="Statuses", remark=_remark(store)
        )


def export_history(
    store: Store, path: Path, status_ids: frozenset[int] | None = None, *, progress: Progress | None = None
) -> int:
    """Write every recorded change, oldest first, one row for each field; return how many rows.

    With `status_ids` only changes of these statuses, and of the accounts that have one of them now. Raises
    `UnknownEnding`, `CannotWrite` and `TooManyRows`.
    """
    check_ending(path)
    with store.db.snapshot():
        newest = max(1, store.journal.next_id() - 1)
        records = _told(
            history_records(store, status_ids), progress, lambda _, record: int(record["change_set"] or 0) / newest
        )
        return write_records(path, HISTORY_FIELDS, records, sheet="History", remark=_remark(store))


def _remark(store: Store) -> str:
    return f"Newest seal of the journal: {store.newest_seal()}"


def _told(records: Iterable[T], progress: Progress | None, fraction: Callable[[int, T], float]) -> Iterator[T]:
    count = 0
    for record in records:
        yield record
        count += 1
        if progress is not None and count % _TELL_EVERY == 0:
            progress(count, min(1.0, fraction(count, record)))
    if progress is not None:
        progress(count, 1.0)
