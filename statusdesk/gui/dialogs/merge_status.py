"""Asks into which status another one is merged."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from statusdesk.domain.records import Status, StatusLine
from statusdesk.gui.dialogs.target_dialog import Question, TargetDialog
from statusdesk.gui.wording import accounts_text, tr


def merge_dialog(line: StatusLine, targets: Sequence[Status], parent: QWidget | None) -> TargetDialog:
    """Return the dialog for a status; `targets` are those that its accounts can move to."""
    name = line.status.name
    question = Question(
        name="merge_status",
        title=tr("Merge {name} into another status").format(name=name),
        explanation=_explanation(line).format(name=name),
        label=tr("Merge into"),
        accept=tr("Merge…") if line.accounts else tr("Merge"),
    )
    return TargetDialog(question, line.status, targets, parent)


def _explanation(line: StatusLine) -> str:
    if not line.accounts:
        return tr("{name} has no accounts; it is retired. The history keeps it.")
    accounts = accounts_text(line.accounts)
    return tr("Moves {accounts} and retires {{name}}. The history keeps it.").format(accounts=accounts)
