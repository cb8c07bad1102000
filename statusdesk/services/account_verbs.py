"""The verbs on accounts: move them between statuses, add and edit single ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from statusdesk.domain.changes import Consequences, Outcome, Selection, Touched, weigh
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.errors import (
    AccountChangedMeanwhile,
    NoSuchAccount,
    NumberMissing,
    NumberTaken,
    StatusMissing,
)
from statusdesk.domain.fields import PLAIN_FIELDS
from statusdesk.domain.rules import clean_account
from statusdesk.services.admitting import admit_one
from statusdesk.services.moving import Moving
from statusdesk.services.settling import pointless
from statusdesk.services.status_verbs import live_status
from statusdesk.store import accounts as account_store
from statusdesk.store import field_moves, moves
from statusdesk.store.accounts import Staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.admission import Details
    from statusdesk.domain.records import Account, AccountFields
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Change

_TOUCHED = Touched(accounts=True, statuses=True, details=True, plans=True)


def reassign(
    desk: Desk,
    selection: Selection,
    status_id: int,
    *,
    reason: str,
    details: Details,
    dry_run: bool,
    progress: Progress | None = None,
) -> Outcome:
    """Move the selected accounts into a status; a dry run asks the same question without the write lock."""
    return Moving("reassign", selection, status_id, reason, details, progress).carry_out(desk, dry_run=dry_run)


def create(desk: Desk, fields: AccountFields, *, reason: str, dry_run: bool) -> Outcome:
    """Add one account."""
    with desk.store.change(
        author=desk.author, kind="create_account", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        values = clean_account(fields)
        if not values.get("number"):
            raise NumberMissing
        if not values.get("status_id"):
            raise StatusMissing
        status = live_status(desk, values["status_id"])
        admit_one(desk, None, status, values, reason)
        _check_number(desk, values["number"])
        account_id = desk.store.accounts.insert(values)
        charge, delinquent = values.get("monthly_charge", 0), values.get("delinquent", False)
        staged = Staged(account_id, status.id, charge, delinquent, values.get("status_since"))
        found = _move_one(desk, change, staged, {})
        desk.store.choices.offer(ChoiceList.ACCOUNT_TYPE, [values.get("account_type", "")])
        change.facts = {"number": values["number"]}
        return Outcome(
            change.kind, change.kept_id, 1, account_id=account_id,
            consequences=found, touched=_TOUCHED, facts=change.facts,
        )  # fmt: skip


def _check_number(desk: Desk, number: str) -> None:
    if desk.store.accounts.by_number(number) is not None:
        raise NumberTaken(number=number)


def _move_one(desk: Desk, change: Change, staged: Staged, plain: Mapping[str, tuple[str, str]]) -> Consequences:
    store = desk.store
    account_store.stage(store.db, staged)
    before = store.totals(change.at)
    written = store.move(change, moves.as_staged())
    _write_fields(desk, change, plain)
    lost = pointless(store, store.plans.moved(written))
    return weigh(
        written.flows, store.statuses.by_id(), before,
        already=0, at=change.at, pointless=lost, levels=store.levels.moved(written),
    )  # fmt: skip


def edit(
    desk: Desk,
    account_id: int,
    fields: AccountFields,
    *,
    seen: Account | None = None,
    reason: str,
    dry_run: bool,
) -> Outcome:
    """Set some fields of an account, leave the others; refuse if these are not as they were `seen` any more."""
    with desk.store.change(
        author=desk.author, kind="edit_account", reason=reason, at=desk.clock(), keep=not dry_run
    ) as change:
        account = desk.store.accounts.get(account_id)
        if account is None:
            raise NoSuchAccount(number=account_id)
        values = clean_account(fields)
        _refuse_if_changed(desk, seen, account, values)
        if values.get("number", account.number) != account.number:
            _check_number(desk, values["number"])
        if values.get("status_id", account.status_id) != account.status_id:
            admit_one(desk, account, live_status(desk, values["status_id"]), values, reason)
        plain = _plain_changes(account, cast("Mapping[str, object]", values))
        staged = _staged(account, values)
        change.facts = {"number": values.get("number", account.number)}
        if not plain and staged == _staged(account, {}):
            change.keep = False
            return Outcome(change.kind, already=1, facts=change.facts, account_id=account_id)
        found = _move_one(desk, change, staged, plain)
        desk.store.choices.offer(ChoiceList.ACCOUNT_TYPE, [values.get("account_type", "")])
        return Outcome(
            change.kind, change.kept_id, 1, account_id=account_id,
            consequences=found, touched=_TOUCHED, facts=change.facts,
        )  # fmt: skip


def _refuse_if_changed(desk: Desk, seen: Account | None, account: Account, values: AccountFields) -> None:
    """Two people who set other fields, or the same to the same, do not disturb each other."""
    for name, value in {} if seen is None else values.items():
        now = getattr(account, name)
        if now not in (getattr(seen, name), value):
            raise AccountChangedMeanwhile(name=account.title, author=desk.store.journal.last_to_touch(account.id))


def _staged(account: Account, values: AccountFields) -> Staged:
    since = values.get("status_since", account.status_since)
    return Staged(
        account.id,
        values.get("status_id", account.status_id),
        values.get("monthly_charge", account.monthly_charge),
        values.get("delinquent", account.delinquent),
        None if since == account.status_since else since,
    )


def _plain_changes(account: Account, values: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    return {
        name: (str(getattr(account, name)), str(values[name]))
        for name in PLAIN_FIELDS
        if name in values and values[name] != getattr(account, name)
    }


def _write_fields(desk: Desk, change: Change, plain: Mapping[str, tuple[str, str]]) -> None:
    if plain and change.written is not None:
        account_store.stage_fields(desk.store.db, change.written.last, plain)
        field_moves.apply_fields(desk.store.db, change.written)
