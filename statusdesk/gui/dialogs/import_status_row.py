"""One word of the status column and what it means: a status that exists, or a new one that is described here."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.records import STAGES, Stage, Status
from statusdesk.gui.dialogs.import_parts import CalmCombo, Captioned
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.import_draft import LEFT_OUT, Choice, Wanted
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import ShortLabel, TextLabel
from statusdesk.gui.wording import effect, plain_effect, stage_name, tr

LONGEST_NAME: Final = 40

_PICKER: Final = 252
_NOTE: Final = 60
_NEW: Final = "new"
_OPEN: Final = "open"
_LEAVE: Final = "leave"


class StatusRow(QWidget):
    """Says `chosen(Choice | None)` when somebody decides, or describes the new status further."""

    chosen = Signal(object)

    def __init__(self, key: str, title: str, count: str, proposed_name: str, statuses: Sequence[Status]) -> None:
        super().__init__()
        self.setObjectName(f"import_word_{key}")
        self.setAccessibleName(title)
        self._proposed_name = proposed_name
        self._picker = CalmCombo(f"import_status_{key}", tr("Status for {word}").format(word=title))
        self._picker.setIconSize(QSize(16, 16))
        self._picker.setFixedWidth(_PICKER)
        self._note = TextLabel(use=Type.LABEL, tone="muted")
        self._note.setMinimumWidth(_NOTE)
        self._form = NewStatusForm(key, title)
        self._fill(statuses)
        self._build(title, count)
        self._picker.activated.connect(self._pick)
        self._form.edited.connect(self._describe)

    def _fill(self, statuses: Sequence[Status]) -> None:
        self._picker.addItem(tr("Choose…"), _OPEN)
        for status in statuses:
            self._picker.addItem(status_icon(status.shape, status.colour), status.name, status.id)
            self._picker.setItemData(self._picker.count() - 1, effect(status), Qt.ItemDataRole.ToolTipRole)
        self._picker.insertSeparator(self._picker.count())
        self._picker.addItem(tr("New status…"), _NEW)
        self._picker.addItem(tr("Leave these rows out"), _LEAVE)

    def _build(self, title: str, count: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(ShortLabel(title, fills=True), 1)
        number = TextLabel(count, tone="muted")
        number.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(number)
        arrow = QLabel("→" if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else "←")
        row.addWidget(arrow)
        row.addWidget(self._picker)
        row.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._form)

    def show_choice(self, choice: Choice | None, *, guessed: bool) -> None:
        """Show what is decided."""
        value: Any = choice
        if choice is None:
            value = _OPEN
        elif isinstance(choice, Wanted):
            value = _NEW
        elif choice is LEFT_OUT:
            value = _LEAVE
        self._picker.choose(value)
        self._picker.setProperty("invalid", choice is None)
        self._picker.update()
        name = choice.name.strip() if isinstance(choice, Wanted) else ""
        text = tr("New: {name}").format(name=name) if name else ""
        self._picker.setItemText(self._picker.findData(_NEW), text or tr("New status…"))
        self._note.setText(tr("guessed") if guessed else "")
        self._form.setVisible(isinstance(choice, Wanted))
        if isinstance(choice, Wanted):
            self._form.show_wanted(choice)

    def _pick(self) -> None:
        value = self._picker.currentData()
        if value == _NEW:
            self.chosen.emit(Wanted(self._proposed_name))
            self._form.take_focus()
        elif value in (_OPEN, _LEAVE):
            self.chosen.emit(LEFT_OUT if value == _LEAVE else None)
        else:
            self.chosen.emit(value)

    def _describe(self, wanted: Wanted) -> None:
        self.chosen.emit(wanted)


class NewStatusForm(QWidget):
    """What a new status is called, whether it is billed and served, and where in the lifecycle it belongs."""

    edited = Signal(object)

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"import_new_status_{key}")
        self.setAccessibleName(tr("New status for {word}").format(word=title))
        self._name = QLineEdit()
        self._name.setObjectName(f"import_new_name_{key}")
        self._name.setAccessibleName(tr("Name of the new status"))
        self._name.setMaxLength(LONGEST_NAME)
        self._yes = QRadioButton(tr("Yes, billed and served"))
        self._yes.setObjectName(f"import_billed_{key}")
        self._no = QRadioButton(tr("No, neither"))
        self._no.setObjectName(f"import_not_billed_{key}")
        self._answers = QButtonGroup(self)
        self._stage = CalmCombo(f"import_stage_{key}", tr("Stage"))
        self._winback = QCheckBox(tr("May be won back"))
        self._winback.setObjectName(f"import_winback_{key}")
        self._effect = TextLabel(use=Type.LABEL, tone="muted", wrap=True)
        self._build()
        self._name.textChanged.connect(self._say)
        self._stage.activated.connect(self._say)
        self._winback.clicked.connect(self._say)
        self._answers.buttonClicked.connect(self._say)

    def _build(self) -> None:
        for button in (self._yes, self._no):
            self._answers.addButton(button)
        billed = QHBoxLayout()
        billed.setSpacing(16)
        billed.addWidget(TextLabel(tr("Billed? Served?"), Type.HEADING))
        billed.addWidget(self._yes)
        billed.addWidget(self._no)
        billed.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 4, 0, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.addWidget(Captioned(tr("Name of the new status"), self._name), 0, 0)
        grid.addWidget(Captioned(tr("Stage"), self._stage, width=160), 0, 1)
        grid.addWidget(self._winback, 0, 2, Qt.AlignmentFlag.AlignBottom)
        grid.addLayout(billed, 1, 0, 1, 3)
        grid.addWidget(self._effect, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 140)

    def take_focus(self) -> None:
        """Let the name be typed."""
        self._name.setFocus()
        self._name.selectAll()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show what is described; a question without an answer has none of its buttons on."""
        if self._name.text() != wanted.name:
            with QSignalBlocker(self._name):
                self._name.setText(wanted.name)
        self._answers.setExclusive(False)
        self._yes.setChecked(wanted.activates is True)
        self._no.setChecked(wanted.activates is False)
        self._answers.setExclusive(True)
        unknown = [(tr("Choose…"), None)] if wanted.stage is None else []
        self._stage.offer([*unknown, *((stage_name(stage), stage.value) for stage in STAGES)], None)
        self._stage.setCurrentIndex(0 if wanted.stage is None else STAGES.index(wanted.stage))
        self._stage.setProperty("invalid", wanted.stage is None)
        self._winback.setChecked(wanted.winback)
        self._winback.setVisible(wanted.stage is Stage.ENDED)
        asked = tr("Say whether accounts with this status are billed and receive service.")
        self._effect.setText(asked if wanted.activates is None else plain_effect(activates=wanted.activates))
        self._effect.set_tone("warning_text" if wanted.activates is None else "muted")

    def _say(self) -> None:
        stage = self._stage.currentData()
        answered = self._answers.checkedButton() is not None
        self.edited.emit(
            Wanted(
                self._name.text(),
                self._yes.isChecked() if answered else None,
                Stage(stage) if stage else None,
                self._winback.isChecked(),
            )
        )
