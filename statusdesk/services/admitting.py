"""Holds every move to the rules that the office made for its statuses: who may come, and what must be known.

Merging and deleting statuses, coming back from a vacation, and taking changes back put accounts where they belong
by other means, and are not held to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from statusdesk.domain.admission import (
    ASKED_FIELDS,
    Details,
    asked_fields,
    barred,
    check_details,
    missing,
    refusal,
)
from statusdesk.domain.admission_errors import NotInDebt
from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import Stage
from statusdesk.domain.rules import clean_account
from statusdesk.store import admitting as store_admitting
from statusdesk.store import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from statusdesk.domain.changes import Consequences
    from statusdesk.domain.records import Account, AccountFields, Status
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Change


@dataclass(frozen=True, slots=True)
class Admitted:
    """Which statuses keep their accounts from coming, how many accounts that holds back, and what is given.

    `given` are the fields that accounts without them get as they come.
    """

    barred: frozenset[int]
    held: int
    held_from: tuple[int, ...]
    given: Mapping[str, object]

    def told(self, found: Consequences) -> Consequences:
        """Return the consequences with the accounts that are held back."""
        return found._replace(already=found.already - self.held, held=self.held, held_from=self.held_from)


def admit(
    desk: Desk,
    target: Status,
    reason: str,
    details: Details,
    *,
    counts: Mapping[int, int] | None = None,
    deliberate: bool = False,
) -> Admitted:
    """Say which accounts of `temp.selection` may come into a status.

    `counts` are how many come from which status, where that is not the one that they have now. `deliberate` is the
    step that takes accounts back from debt, and no others.
    Raises `DetailsMissing` where something is not known that the status requires, and `MayNotFollow` or
    `OnlyTakenBack` or `NotInDebt` where none of the accounts may come.
    """
    store, statuses = desk.store, desk.store.statuses.by_id()
    doors = barred(target, statuses.values(), deliberate=deliberate)
    if deliberate:
        doors |= {status_id for status_id, status in statuses.items() if status.stage is not Stage.DEBT}
    if counts is None:
        counts = store_admitting.by_status(store.db) if doors or target.required else {}
    held = {status_id: counts[status_id] for status_id in sorted(doors) if status_id in counts}
    coming = counts.keys() - held.keys() - {target.id}
    if held and not coming:
        most = max(held, key=held.__getitem__)
        refused = refusal(statuses[most], target, statuses, deliberate=deliberate)
        raise refused or NotInDebt
    given = given_fields(details)
    wanted = [name for name in asked_fields(target) if not given.get(name)]
    empty = store_admitting.lacking(store.db, wanted, {target.id, *doors})
    back = details.return_at is not None
    if coming:
        check_details(target, missing(target, reason=reason, has_return=back, lacking=empty))
    return Admitted(doors, sum(held.values()), tuple(held), given)


def give_now(desk: Desk, change: Change, admitted: Admitted, account_ids: Iterable[int]) -> None:
    """Give accounts the fields that they lack, before they come."""
    store = desk.store
    lacking = store_admitting.lacking_of(store.db, account_ids, tuple(admitted.given))
    if lacking:
        store.plans.propose((*here, None) for here in store.accounts.statuses_of(lacking).items())
        store_admitting.give(store.db, store.move(change, moves.as_staged()), admitted.given)


def given_fields(details: Details) -> dict[str, object]:
    """Return the fields that come with a move in their clean form. Raises `BadValue`."""
    for name in details.fields:
        if name not in ASKED_FIELDS:
            raise BadValue(field="field", value=name, reason=f"is not one of {', '.join(ASKED_FIELDS)}")
    return cast("dict[str, object]", clean_account(details.fields))


def admit_one(desk: Desk, account: Account | None, target: Status, values: AccountFields, reason: str) -> None:
    """Refuse where one account may not come into a status with these fields; None is for one that is made.

    A new account need not have a return date: it was never anywhere to return to. Raises as `admit` does.
    """
    statuses = desk.store.statuses.by_id()
    if account is not None:
        refused = refusal(statuses[account.status_id], target, statuses)
        if refused is not None:
            raise refused
    given = cast("Mapping[str, object]", values)
    empty = [name for name in asked_fields(target) if not given.get(name, getattr(account, name, ""))]
    check_details(target, missing(target, reason=reason, has_return=account is None, lacking=empty))
