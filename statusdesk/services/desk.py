"""The only way to change anything: each verb is one transaction, one change set, one outcome."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy

from statusdesk.domain.admission import NOTHING, Details
from statusdesk.domain.changes import Outcome, Selection
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.instants import now
from statusdesk.domain.plans import PlanFields
from statusdesk.domain.records import Account, AccountFields, ChangeSet, Stage, Status, StatusFields
from statusdesk.services import (
    account_verbs,
    choice_verbs,
    intake,
    plan_verbs,
    planner,
    status_verbs,
    undoing,
    vacations,
)
from statusdesk.services.intake import ImportOutcome, Incoming
from statusdesk.services.planner import DueReport
from statusdesk.store.incoming import together
from statusdesk.store.moves import Progress
from statusdesk.store.store import Store


class Desk:
    """One person at work on one database.

    Verbs take `dry_run`: then they do everything but keep it, and their outcome tells what would happen. Those
    that may concern very many accounts take `progress`: it is told how many are done so far, and whatever it
    raises, such as `Cancelled`, ends the verb with nothing kept. What they are not given they take from the desk.
    """

    progress: Progress | None = None

    def __init__(self, store: Store, *, author: str, clock: Callable[[], int] = now) -> None:
        """Work on `store` as `author`; `clock` gives UTC milliseconds."""
        self.store = store
        self.author = author
        self.clock = clock

    def telling(self, progress: Progress) -> "Desk":
        """Return this desk with `progress` for all verbs that are not given another."""
        desk = copy(self)
        desk.progress = progress
        return desk

    def create_status(self, fields: StatusFields, *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Make a status at the end of its stage; the outcome's `status_id` is its id."""
        return status_verbs.create(self, fields, reason=reason, dry_run=dry_run)

    def edit_status(
        self,
        status_id: int,
        fields: StatusFields,
        *,
        seen: Status | None = None,
        reason: str = "",
        dry_run: bool = False,
    ) -> Outcome:
        """Set some fields of a status; the others stay. The outcome has consequences if activation changes.

        With `seen`, the status as it was when somebody began to edit it, a change made meanwhile raises
        `StatusChangedMeanwhile`.
        """
        return status_verbs.edit(self, status_id, fields, seen=seen, reason=reason, dry_run=dry_run)

    def place_status(self, status_id: int, stage: Stage, index: int) -> Outcome:
        """Put a status at a place (0 is first) among the statuses of a stage, giving it that stage."""
        return status_verbs.place(self, status_id, stage, index)

    def retire_status(self, status_id: int, *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Offer the status no longer; its accounts, history and look stay."""
        return status_verbs.retire(self, status_id, retired=True, reason=reason, dry_run=dry_run)

    def bring_back_status(self, status_id: int, *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Offer a retired status again."""
        return status_verbs.retire(self, status_id, retired=False, reason=reason, dry_run=dry_run)

    def merge_statuses(
        self,
        status_id: int,
        into: int,
        *,
        reason: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Move all accounts of one status into another and retire the first."""
        return status_verbs.merge(
            self, status_id, into, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def delete_status(
        self,
        status_id: int,
        *,
        move_to: int | None = None,
        reason: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Delete a status; a used one needs `move_to`, where its accounts go in the same step."""
        return status_verbs.delete(
            self, status_id, move_to, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def reassign(
        self,
        selection: Selection,
        status_id: int,
        *,
        reason: str = "",
        details: Details = NOTHING,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Move the selected accounts into a status; those already there are counted and left as they are.

        So are those whose status may not be followed by it. `details` are what the status requires besides; a
        return date makes it a vacation. Raises `DetailsMissing`, `MayNotFollow`, `OnlyTakenBack`, `StatusGone`,
        `StatusRetired`.
        """
        progress = progress or self.progress
        if details.return_at is not None:
            wish = vacations.Vacation(status_id, None, details.return_at, details=details)
            return vacations.plan_vacation(
                self, selection, wish, reason=reason, dry_run=dry_run, progress=progress
            )
        return account_verbs.reassign(
            self, selection, status_id, reason=reason, details=details, dry_run=dry_run, progress=progress
        )

    def create_account(self, fields: AccountFields, *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Add an account; number and status are required. The outcome's `account_id` is its id."""
        return account_verbs.create(self, fields, reason=reason, dry_run=dry_run)

    def edit_account(
        self,
        account_id: int,
        fields: AccountFields,
        *,
        seen: Account | None = None,
        reason: str = "",
        dry_run: bool = False,
    ) -> Outcome:
        """Set some fields of an account; the others stay.

        Raises `AccountChangedMeanwhile` where somebody else changed these since the account was `seen`.
        """
        return account_verbs.edit(self, account_id, fields, seen=seen, reason=reason, dry_run=dry_run)

    def set_choices(self, wanted: Mapping[ChoiceList, Sequence[str]], *, dry_run: bool = False) -> Outcome:
        """Replace lists that the office manages; accounts keep the values that they have."""
        return choice_verbs.set_choices(self, wanted, dry_run=dry_run)

    def import_accounts(
        self,
        fields: Sequence[str],
        rows: Iterable[Incoming],
        *,
        file: str,
        new_statuses: Sequence[StatusFields] = (),
        update_existing: bool = True,
        default_status: int | None = None,
        reason: str = "",
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> ImportOutcome:
        """Bring in many accounts as one change set; see `intake.bring_in`."""
        request = intake.Request(tuple(fields), file, tuple(new_statuses), update_existing, reason, default_status)
        return intake.bring_in(self, request, together(rows), dry_run=dry_run, progress=progress)

    def plan_change(
        self,
        selection: Selection,
        status_id: int,
        due_at: int,
        *,
        reason: str = "",
        details: Details = NOTHING,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Plan that the selected accounts move into a status at an instant (UTC milliseconds) to come.

        `domain.plans.due_instant` makes the instant of a local date and time. The outcome counts as *already*
        those that will be there by then; its consequences are what the plans do when they are due, as things
        stand, and how many other plans they get in the way of. `details` are as in `reassign`; their fields are
        written at once. Raises `PlanInPast` and what `reassign` raises.
        """
        if details.return_at is not None:
            wish = vacations.Vacation(status_id, due_at, details.return_at, details=details)
            return vacations.plan_vacation(
                self, selection, wish, reason=reason, dry_run=dry_run, progress=progress
            )
        return plan_verbs.plan_change(
            self, selection, status_id, due_at, reason=reason, details=details, dry_run=dry_run, progress=progress
        )

    def plan_vacation(
        self,
        selection: Selection,
        status_id: int,
        *,
        leave_at: int | None,
        return_at: int | None,
        yearly: bool = False,
        charge: int | None = None,
        reason: str = "",
        details: Details = NOTHING,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Send the selected accounts on vacation: into a status at one instant, and back at another.

        Without `leave_at` they leave now, without `return_at` they have no return yet. They return to the status
        that they leave from. `charge` (minor units a month) is for vacations that are billed; the charge of before
        comes back with the return. Raises `PlanInPast`, `ReturnBeforeLeave`, `YearlyNeedsReturn`,
        `ChargeNeedsService` and what `reassign` raises.
        """
        wish = vacations.Vacation(status_id, leave_at, return_at, yearly, charge, details)
        return vacations.plan_vacation(
            self, selection, wish, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def extend(
        self,
        selection: Selection,
        return_at: int,
        *,
        home: int | None = None,
        reason: str = "",
        dry_run: bool = False,
    ) -> Outcome:
        """Set another return for the selected accounts that are away, this once; those without one get it.

        They return to the status that they left from, or to `home` where nobody knows that. The outcome's `left`
        are accounts that are not away, or of which nobody knows where they return to. Raises `PlanInPast`.
        """
        return vacations.extend(self, selection, return_at, home=home, reason=reason, dry_run=dry_run)

    def return_now(
        self,
        selection: Selection,
        *,
        home: int | None = None,
        reason: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Bring selected accounts that are away back to where they left from; `home` and `left` as in `extend`."""
        return vacations.return_now(
            self, selection, home=home, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def edit_plans(
        self, plan_ids: Sequence[int], fields: PlanFields, *, reason: str = "", dry_run: bool = False
    ) -> Outcome:
        """Set some fields of open plans; the others stay. A new time or target takes a flag away.

        Raises `NoSuchPlan`, `PlanInPast`, `ReturnBeforeLeave`, `YearlyNeedsReturn`, `StatusGone`, `StatusRetired`.
        """
        return plan_verbs.edit(self, plan_ids, fields, reason=reason, dry_run=dry_run)

    def cancel_plans(self, plan_ids: Sequence[int], *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Give open plans up; with a leave goes its return. Raises `NoSuchPlan`."""
        return plan_verbs.cancel(self, plan_ids, reason=reason, dry_run=dry_run)

    def apply_plans(
        self,
        plan_ids: Sequence[int],
        *,
        reason: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Carry open plans out now, flagged ones too, whatever status their accounts have meanwhile.

        Of several plans of one account only the first is. The outcome's `left` are accounts whose plans stay as
        they are, because the account is closed or the target no longer offered. Raises `NoSuchPlan`.
        """
        return plan_verbs.apply_now(
            self, plan_ids, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def apply_due(self, *, at: int | None = None, dry_run: bool = False) -> DueReport:
        """Carry out what is due at an instant (default: now); see `planner.apply_due`."""
        return planner.apply_due(self, at=at, dry_run=dry_run)

    def undo(
        self, change_set: int | None = None, *, dry_run: bool = False, progress: Progress | None = None
    ) -> Outcome:
        """Take back this person's newest change set, or the one given, as a new movement now."""
        return undoing.undo(self, change_set, dry_run=dry_run, progress=progress or self.progress)

    def redo(self, *, dry_run: bool = False, progress: Progress | None = None) -> Outcome:
        """Do again what this person's last undo took back."""
        return undoing.redo(self, dry_run=dry_run, progress=progress or self.progress)

    def next_undo(self) -> ChangeSet | None:
        """Return what `undo` would take back."""
        return self.store.journal.undoable(self.author)

    def next_redo(self) -> ChangeSet | None:
        """Return the change set that `redo` would do again."""
        undone = self.store.journal.redoable(self.author)
        return None if undone is None or undone.reverts is None else self.store.journal.get(undone.reverts)
