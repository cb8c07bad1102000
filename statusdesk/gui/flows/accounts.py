"""What people do to single accounts and to the lists that the office manages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from statusdesk.domain.errors import AccountChangedMeanwhile, NoSuchAccount
from statusdesk.domain.fields import FIELD
from statusdesk.gui import formats
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import deed, field_name, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.records import Account, Status
    from statusdesk.gui.dialogs.account_dialog import AccountDialog, AccountWish
    from statusdesk.gui.flows.weighing import Verb, Weighing


class AccountFlow(QObject):
    """Adds and edits accounts in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    @Slot(int)
    def edit(self, account_id: int) -> None:
        """Let people edit an account; only what they changed is set."""
        account = self._session.reader.accounts.get(account_id)
        if account is None:
            self._weighing.refuse(NoSuchAccount(number=account_id))
            return
        dialog = self._open(account)
        dialog.save_requested.connect(lambda wish: self._save_edit(dialog, account, wish))

    @Slot()
    def create(self) -> None:
        """Let people add an account."""
        dialog = self._open(None)
        dialog.save_requested.connect(lambda wish: self._save_new(dialog, wish))

    def _open(self, account: Account | None) -> AccountDialog:
        from statusdesk.gui.dialogs.account_dialog import AccountDialog

        session = self._session
        dialog = AccountDialog(
            account, self._offered(account), self._choices(), session.info, self._weighing.window
        )
        session.crashed.connect(dialog.resume)
        dialog.leave_requested.connect(lambda: self._ask_to_leave(dialog))
        dialog.open()
        return dialog

    def _ask_to_leave(self, dialog: AccountDialog) -> None:
        self._weighing.prompts.confirm(
            dialog,
            dialog.windowTitle(),
            tr("The account is not saved. Discard what you typed?"),
            tr("Discard"),
            dialog.leave,
        )

    def _choices(self) -> dict[str, Sequence[str]]:
        """Return what the form offers for fields by their names: the office's lists, and service levels."""
        reader = self._session.reader
        choices: dict[str, Sequence[str]] = {which.value: names for which, names in reader.choices.all().items()}
        if reader.has_levels():
            choices["service_level"] = [level.name for level in reader.levels.grid().levels]
        return choices

    def _offered(self, account: Account | None) -> list[Status]:
        offered = [line.status for line in self._session.live_lines()]
        if account is not None and account.status_id not in [status.id for status in offered]:
            offered.append(self._session.status(account.status_id))
        return offered

    def _save_edit(self, dialog: AccountDialog, account: Account, wish: AccountWish) -> None:
        """Save what was changed of an account as it was seen; where others changed that too, let people choose."""
        fields, reason = wish.fields, wish.reason
        status = self._session.status(fields.get("status_id", account.status_id))
        self._save(
            dialog,
            lambda desk, dry: desk.edit_account(account.id, fields, seen=account, reason=reason, dry_run=dry),
            status,
            self._summary(account, wish),
            billing="monthly_charge" in fields and status.activates,
            changed=lambda error: self._ask_which(dialog, account, wish, error),
        )

    def _ask_which(
        self, dialog: AccountDialog, seen: Account, wish: AccountWish, error: AccountChangedMeanwhile
    ) -> None:
        """Show the account as it is now beside what would be saved."""
        from statusdesk.gui.dialogs.account_conflict import AccountConflict

        now = self._session.reader.accounts.get(seen.id)
        if now is None:
            dialog.refuse(NoSuchAccount(number=seen.number))
            return
        conflict = AccountConflict(
            seen,
            now,
            wish.fields,
            str(error.facts["author"]),
            self._session.statuses(),
            self._session.info,
            dialog,
        )
        conflict.accepted.connect(lambda: self._save_edit(dialog, now, wish))
        conflict.keep_theirs.connect(dialog.accept)
        conflict.rejected.connect(dialog.resume)
        conflict.open()

    def _save_new(self, dialog: AccountDialog, wish: AccountWish) -> None:
        fields, reason = wish.fields, wish.reason
        status = self._session.status(fields["status_id"])
        self._save(
            dialog,
            lambda desk, dry: desk.create_account(fields, reason=reason, dry_run=dry),
            status,
            self._summary(None, wish),
        )

    def _summary(self, account: Account | None, wish: AccountWish) -> str:
        """Say whose account it is, where it goes, what it is charged, and why."""
        fields, currency = wish.fields, self._session.info.currency
        parts = [fields.get("name", "" if account is None else account.name)]
        if "status_id" in fields:
            ids = ([] if account is None else [account.status_id]) + [fields["status_id"]]
            parts.append(" → ".join(self._session.status(status_id).name for status_id in ids))
        if "monthly_charge" in fields:
            charges = ([] if account is None else [account.monthly_charge]) + [fields["monthly_charge"]]
            said = " → ".join(formats.money(charge, currency) for charge in charges)
            parts.append(f"{field_name(FIELD['monthly_charge'])} {said}")
        if wish.reason:
            parts.append(tr("Reason: {reason}").format(reason=wish.reason))
        return " · ".join(part for part in parts if part)

    def _save(
        self,
        dialog: AccountDialog,
        verb: Verb,
        status: Status,
        summary: str,
        *,
        billing: bool = False,
        changed: Callable[[AccountChangedMeanwhile], None] | None = None,
    ) -> None:
        """Weigh and save; the dialog closes when that is done, and is as it was when it is refused or left."""

        def head(outcome: Outcome) -> CardHead:
            if _is_open(dialog):
                dialog.resume()
            title = deed(outcome.kind, outcome.facts)
            found = outcome.consequences
            moved = found is not None and any(flow.old_status != flow.new_status for flow in found.flows)
            note = status.customer_note if moved else ""
            icon = status_icon(status.shape, status.colour)
            return CardHead(title, summary, icon, tr("Apply"), customer_note=note)

        def refused(error: Exception) -> None:
            if not _is_open(dialog):
                self._weighing.refuse(error)
            elif changed is not None and isinstance(error, AccountChangedMeanwhile):
                changed(error)
            else:
                dialog.refuse(error)

        self._weighing.weigh(
            verb,
            head,
            always=billing,
            done=lambda _: dialog.accept() if _is_open(dialog) else None,
            failed=refused,
        )

    @Slot()
    def manage_lists(self) -> None:
        """Let people set what the lists offer."""
        from statusdesk.gui.dialogs.manage_lists import ManageListsDialog

        dialog = ManageListsDialog(self._session.reader.choices.all(), self._weighing.window)
        dialog.lists_chosen.connect(lambda lists: self._weighing.do(lambda desk, _: desk.set_choices(lists)))
        dialog.open()


def _is_open(dialog: AccountDialog) -> bool:
    return isValid(dialog) and dialog.isVisible()
