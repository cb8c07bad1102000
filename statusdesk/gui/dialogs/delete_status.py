"""Asks where the accounts of a status go before it is deleted; an unused one goes without a question."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from statusdesk.domain.records import Status, StatusLine
from statusdesk.gui.dialogs.target_dialog import Question, TargetDialog
from statusdesk.gui.wording import accounts_text, tr


def delete_dialog(line: StatusLine, targets: Sequence[Status], parent: QWidget | None) -> TargetDialog:
    """Return the dialog for a used status; `targets` are those that its accounts can move to."""
    accounts = accounts_text(line.accounts)
    question = Question(
        name="delete_status",
        title=tr("Move {accounts} and delete {name}").format(accounts=accounts, name=line.status.name),
        explanation=tr("The history keeps its name, shape and colour."),
        label=tr("Move the account to") if line.accounts == 1 else tr("Move the accounts to"),
        accept=tr("Move and delete…"),
    )
    return TargetDialog(question, line.status, targets, parent)
