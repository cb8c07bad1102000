"""The only way to change anything: each verb is one transaction, one change set, one outcome."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy

from statusdesk.domain.changes import Outcome, Selection
from statusdesk.domain.instants import now
from statusdesk.domain.records import AccountFields, ChangeSet, Stage, StatusFields
from statusdesk.services import account_verbs, intake, status_verbs, undoing
from statusdesk.services.intake import ImportOutcome, Incoming
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
        self, status_id: int, fields: StatusFields, *, reason: str = "", dry_run: bool = False
    ) -> Outcome:
        """Set some fields of a status; the others stay. The outcome has consequences if activation changes."""
        return status_verbs.edit(self, status_id, fields, reason=reason, dry_run=dry_run)

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
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Outcome:
        """Move the selected accounts into a status; those already there are counted and left as they are."""
        return account_verbs.reassign(
            self, selection, status_id, reason=reason, dry_run=dry_run, progress=progress or self.progress
        )

    def create_account(self, fields: AccountFields, *, reason: str = "", dry_run: bool = False) -> Outcome:
        """Add an account; number and status are required. The outcome's `account_id` is its id."""
        return account_verbs.create(self, fields, reason=reason, dry_run=dry_run)

    def edit_account(
        self, account_id: int, fields: AccountFields, *, reason: str = "", dry_run: bool = False
    ) -> Outcome:
        """Set some fields of an account; the others stay."""
        return account_verbs.edit(self, account_id, fields, reason=reason, dry_run=dry_run)

    def set_account_types(self, names: Sequence[str]) -> Outcome:
        """Replace the list of account types on offer; accounts keep the type that they have."""
        return account_verbs.set_types(self, names)

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
        return intake.bring_in(self, request, rows, dry_run=dry_run, progress=progress)

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
