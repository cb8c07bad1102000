"""The status editor: what a status is called, what it does and how it looks, with the look shown as it will be."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.records import Status, StatusFields
from statusdesk.gui.dialogs.framed import FramedDialog
from statusdesk.gui.dialogs.status_draft import LookAlike, StatusDraft
from statusdesk.gui.dialogs.status_form import StatusForm
from statusdesk.gui.dialogs.status_rules import StatusRulesDialog, rules_text
from statusdesk.gui.icons import status_icon
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.list_preview import ListPreview, PreviewRow
from statusdesk.gui.widgets.look_preview import LookPreview
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.widgets.warning_box import WarningBox
from statusdesk.gui.wording import accounts_text, short_effect, tr

WIDTH: Final = 848
HEIGHT: Final = 592
"""Size of the editor in logical pixels."""

_SIDE: Final = 296


class StatusEditor(FramedDialog):
    """Edits a draft. `submitted` carries the fields that people changed, all of them for a new status.

    The editor stays open, deaf, until it hears how that went: `accept` closes it, `resume` goes on editing.
    """

    submitted = Signal(object)

    def __init__(self, draft: StatusDraft, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__("status_editor", _title(draft.status), parent)
        self._draft = draft
        self._waiting = False
        self.form = StatusForm(draft, prompts)
        self._preview = LookPreview()
        self._preview.setObjectName("editor_preview")
        self._list = ListPreview()
        self._list.setObjectName("editor_in_list")
        self._look_alike = WarningBox()
        self._look_alike.setObjectName("editor_look_alike")
        self._rules = TextLabel(use=Type.LABEL, tone="muted", wrap=True)
        self._rules.setObjectName("editor_rules_text")
        self._edit_rules = QPushButton(self.tr("Rules…"))
        self._edit_rules.setObjectName("editor_rules")
        self._edit_rules.setAutoDefault(False)
        accept = tr("Save") if draft.status is not None else tr("Create")
        self._foot = DialogFoot("", accept, accept_name="editor_accept", cancel_name="editor_cancel")
        self._arrange()
        self._wire()
        self.form.name.setFocus()
        self._refresh()

    def _arrange(self) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.form, 1)
        body.addWidget(Hairline(upright=True))
        body.addWidget(self._side())
        self.stack(body, foot=self._foot)
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, HEIGHT)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setAutoFillBackground(True)
        side.setBackgroundRole(QPalette.ColorRole.Window)
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(TextLabel(self.tr("Preview"), Type.HEADING))
        column.addWidget(self._preview)
        column.addSpacing(8)
        column.addWidget(TextLabel(self.tr("In the list"), Type.HEADING))
        column.addWidget(self._list)
        column.addSpacing(8)
        column.addWidget(self._look_alike)
        column.addStretch(1)
        column.addWidget(TextLabel(self.tr("Rules"), Type.HEADING))
        column.addWidget(self._rules)
        column.addWidget(self._edit_rules, 0, Qt.AlignmentFlag.AlignLeading)
        return side

    def _wire(self) -> None:
        self.form.edited.connect(self._refresh)
        self._foot.accept_button.setDefault(True)
        self._foot.cancel_button.setAutoDefault(False)
        self._foot.accept_button.clicked.connect(self._submit)
        self._edit_rules.clicked.connect(self._open_rules)
        self._foot.cancel_button.clicked.connect(self.reject)

    @Slot()
    def _open_rules(self) -> None:
        look = self._draft.look
        sign = status_icon(look.shape, look.colour)
        dialog = StatusRulesDialog(self._draft.fields, self._draft.followers(), sign, self)
        dialog.wished.connect(lambda rules: self._take_rules(dialog, rules))
        dialog.open()

    def _take_rules(self, dialog: StatusRulesDialog, rules: StatusFields) -> None:
        self._draft.fields.update(rules)
        dialog.finish()
        self._refresh()

    @property
    def note(self) -> str:
        """What the foot says."""
        return self._foot.note

    @Slot()
    def _submit(self) -> None:
        changed = self._draft.changed()
        if not changed:
            self.accept()
            return
        self._waiting = True
        self._foot.accept_button.setEnabled(False)
        self.submitted.emit(changed)

    @Slot()
    def resume(self, problem: str = "") -> None:
        """Go on editing: people thought better of it, or something spoke against it, as this sentence says."""
        self._waiting = False
        self._refresh()
        if problem:
            self._foot.set_note(problem, "loss")

    @Slot(object)
    def resume_after_crash(self, _error: Exception) -> None:
        """Go on editing after a fault of ours, so that nothing typed is lost."""
        if self._waiting:
            self.resume()

    def reject(self) -> None:
        """Close without saving, unless saving is under way."""
        if not self._waiting:
            super().reject()

    @Slot()
    def _refresh(self) -> None:
        problem = self.form.problem
        self._foot.accept_button.setEnabled(not problem and not self._waiting)
        if self.form.waits_for_name:
            self._foot.set_note(self.tr("Type a name to create the status."))
        else:
            self._foot.set_note(problem or self._promise(), "loss" if problem else "muted")
        self._show_look()
        self._rules.setText(rules_text(self._draft.fields))
        self._grow()

    def _promise(self) -> str:
        if self._draft.status is None:
            return self.tr("No account changes when you create a status.")
        accounts = self._draft.accounts
        if "activates" in self._draft.changed() and accounts:
            first = self.tr("First you see what this does to {accounts}.")
            return first.format(accounts=accounts_text(accounts))
        return self.tr("Shows everywhere at once. No account changes its status.")

    def _show_look(self) -> None:
        look, sketch = self._draft.look, self._draft.sketch()
        self._preview.set_look(look.shape, look.colour)
        row = _row(sketch if sketch.name else sketch._replace(name=self.tr("New status")))
        beside = self._draft.neighbour()
        self._list.show_rows(*([_row(beside), row] if beside is not None else [row]))
        alike = None if self._draft.look_problem() else self._draft.look_alike()
        if alike is None:
            self._look_alike.hide()
        else:
            self._look_alike.warn(*_warning(alike))

    def _grow(self) -> None:
        """Make room for what appeared; wrapped texts are not part of a layout's least height."""
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if needed > self.height():
            self.resize(self.width(), needed)


def _title(status: Status | None) -> str:
    return tr("New status") if status is None else tr("Edit {name}").format(name=status.name)


def _warning(alike: LookAlike) -> tuple[str, str]:
    title = tr("Easily taken for “{name}”").format(name=alike.status.name)
    text = tr(
        "Same shape, and nearly the same colour to {people}. Choose another shape or colour. "
        "You can save it anyway."
    )
    return title, text.format(people=tr(alike.audience.value))


def _row(status: Status) -> PreviewRow:
    return PreviewRow(status.name, status.shape, status.colour, short_effect(status))
