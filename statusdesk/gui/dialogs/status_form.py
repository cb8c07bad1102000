"""The fields of the status editor; each one changes its own part of the draft and nothing else."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.folding import clean
from statusdesk.domain.looks import OFFERED_COLOURS, Shape
from statusdesk.domain.records import STAGES, Stage, Status
from statusdesk.domain.rules import LONGEST_NAME
from statusdesk.gui import formats
from statusdesk.gui.dialogs.status_draft import StatusDraft
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.colour_field import ColourField
from statusdesk.gui.widgets.form_parts import ProblemLabel, field_group
from statusdesk.gui.widgets.option_tiles import Option, OptionTiles
from statusdesk.gui.widgets.shape_picker import ShapePicker
from statusdesk.gui.widgets.swatches import Swatches
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import error_text, plain_effect, stage_name, tr

YES: Final = "activates"
NO: Final = "not_activates"


class StatusForm(QWidget):
    """Fills itself from a draft and writes into it what people do; `edited` comes after each of these."""

    edited = Signal()

    def __init__(self, draft: StatusDraft, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._prompts = prompts
        self._name_touched = draft.status is not None
        self.name = QLineEdit()
        self.stage = QComboBox()
        self.activates = OptionTiles(_options())
        self.winback = QCheckBox(self.tr("May be won back"))
        self.shapes = ShapePicker()
        self.swatches = Swatches()
        self.hex = ColourField()
        self.more = QPushButton(self.tr("More…"))
        self.description = QPlainTextEdit()
        self._counter = TextLabel(use=Type.LABEL, tone="muted")
        self._shape_name = TextLabel(use=Type.LABEL, tone="muted")
        self._name_problem = ProblemLabel("editor_name_problem")
        self._colour_problem = ProblemLabel("editor_colour_problem")
        self._lock = TextLabel(use=Type.LABEL, tone="muted", wrap=True)
        self._lock.setObjectName("editor_lock")
        self._name_fields()
        self._arrange()
        self._fill()
        self._wire()
        self.refresh()

    def _name_fields(self) -> None:
        for field, name, said in (
            (self.name, "editor_name", self.tr("Name")),
            (self.stage, "editor_stage", self.tr("Stage")),
            (self.activates, "editor_activation", self.tr("What it does")),
            (self.winback, "editor_winback", self.tr("May be won back")),
            (self.shapes, "editor_shapes", self.tr("Shape")),
            (self.swatches, "editor_swatches", self.tr("Offered colours")),
            (self.hex, "editor_hex", self.tr("Colour as six digits or a name")),
            (self.more, "editor_more", self.tr("More colours")),
            (self.description, "editor_description", self.tr("When to use it")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(said)
        self.stage.view().setObjectName("editor_stage_list")
        self.stage.view().setAccessibleName(self.tr("Stages"))
        self.more.setAutoDefault(False)
        self.description.setTabChangesFocus(True)
        self.winback.setToolTip(self.tr("People who moved out of coverage may not"))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(5)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(field_group(self.tr("Name"), self.name, side=self._counter), 312)
        top.addLayout(field_group(self.tr("Stage"), self.stage), 176)
        column.addLayout(top)
        column.addWidget(self._name_problem)
        column.addSpacing(11)
        column.addLayout(field_group(self.tr("What it does"), self.activates))
        column.addWidget(self._lock)
        column.addWidget(self.winback)
        column.addSpacing(11)
        column.addLayout(field_group(self.tr("Shape"), self.shapes, side=self._shape_name))
        column.addSpacing(11)
        column.addLayout(field_group(self.tr("Colour"), self._colours()))
        column.addWidget(self._colour_problem)
        column.addSpacing(11)
        hint = TextLabel(self.tr("shown wherever a status is picked"), Type.LABEL, "muted")
        column.addLayout(field_group(self.tr("When to use it"), self.description, side=hint), 1)
        self.description.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.description.setMinimumHeight(64)

    def _colours(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.swatches)
        row.addSpacing(8)
        row.addWidget(self.hex)
        row.addWidget(self.more)
        row.addStretch(1)
        return box

    def _fill(self) -> None:
        fields, locked = self._draft.fields, self._draft.locked
        self.name.setText(fields["name"])
        for stage in STAGES:
            self.stage.addItem(stage_name(stage), stage.value)
        self.stage.setCurrentIndex(STAGES.index(fields["stage"]))
        self.activates.set_value(YES if fields["activates"] else NO)
        self.winback.setChecked(fields["winback"])
        self.description.setPlainText(fields["description"])
        self.stage.setEnabled("stage" not in locked)
        self.activates.setEnabled("activates" not in locked)
        self.winback.setEnabled("winback" not in locked)
        status = self._draft.status
        self._lock.setText(_why_locked(status) if status is not None and locked else "")
        self._lock.setVisible(bool(locked))
        self.hex.set_colour(fields["colour"])
        self._show_look()

    def _wire(self) -> None:
        self.name.textChanged.connect(self._take_name)
        self.stage.activated.connect(self._take_stage)
        self.activates.picked.connect(self._take_activation)
        self.winback.clicked.connect(self._take_winback)
        self.shapes.picked.connect(self._take_shape)
        self.swatches.picked.connect(self.take_colour)
        self.hex.colour_changed.connect(self._take_typed_colour)
        self.hex.problem_changed.connect(self._tell)
        self.more.clicked.connect(self._pick_colour)
        self.description.textChanged.connect(self._take_description)

    @property
    def problem(self) -> str:
        """What keeps the draft from being saved, as a sentence; empty where nothing does."""
        found = self._draft.name_problem() or self._draft.look_problem()
        return self.hex.problem or (error_text(found) if found is not None else "")

    @property
    def waits_for_name(self) -> bool:
        """True while nothing but a name is missing and nobody has typed one yet."""
        return self._draft.nameless and not self._name_touched and not self.hex.problem

    def refresh(self) -> None:
        """Show what follows from the draft: counts, names and problems."""
        length = len(clean(self._draft.fields["name"]))
        counted = self.tr("{length} of {most}")
        self._counter.setText(counted.format(length=formats.count(length), most=LONGEST_NAME))
        self._shape_name.setText(tr(self._draft.look.shape.label))
        self.winback.setVisible(self._draft.fields["stage"] is Stage.ENDED)
        wrong_name = self._draft.name_problem() if self._name_touched else None
        self._name_problem.tell(error_text(wrong_name) if wrong_name is not None else "", self.name)
        wrong_look = self._draft.look_problem()
        self._colour_problem.tell(self.hex.problem or (error_text(wrong_look) if wrong_look else ""))

    def _show_look(self) -> None:
        look = self._draft.look
        self.shapes.set_value(look.shape)
        self.shapes.set_colour(look.colour)
        self.swatches.set_value(look.colour)
        self.swatches.set_safe(self._draft.safe_colours())

    @Slot(str)
    def take_colour(self, colour: str) -> None:
        """Take a colour from a swatch or the colour dialog, and show it in the field as well."""
        self.hex.set_colour(colour)
        self._take_typed_colour(colour)

    @Slot(str)
    def _take_typed_colour(self, colour: str) -> None:
        """Take a colour from the field, whose text is left alone while people type."""
        self._draft.fields["colour"] = colour
        self._show_look()
        self._tell()

    @Slot(str)
    def _take_name(self, name: str) -> None:
        self._name_touched = True
        self._draft.fields["name"] = name
        self._tell()

    @Slot(int)
    def _take_stage(self, place: int) -> None:
        self._draft.fields["stage"] = STAGES[place]
        self._tell()

    @Slot(str)
    def _take_activation(self, value: str) -> None:
        self._draft.fields["activates"] = value == YES
        self._tell()

    @Slot(bool)
    def _take_winback(self, winback: bool) -> None:
        self._draft.fields["winback"] = winback
        self._tell()

    @Slot(str)
    def _take_shape(self, shape: str) -> None:
        self._draft.fields["shape"] = Shape(shape).value
        self.swatches.set_safe(self._draft.safe_colours())
        self._tell()

    @Slot()
    def _take_description(self) -> None:
        self._draft.fields["description"] = self.description.toPlainText()
        self._tell()

    @Slot()
    def _pick_colour(self) -> None:
        start = self._draft.fields["colour"]
        self._prompts.pick_colour(self, start, previewed=self.take_colour, offered=OFFERED_COLOURS)

    @Slot()
    def _tell(self) -> None:
        self.refresh()
        self.edited.emit()


def _options() -> list[Option]:
    return [
        Option(YES, "editor_activates", tr("Activates"), plain_effect(activates=True)),
        Option(NO, "editor_not_activates", tr("Does not activate"), plain_effect(activates=False)),
    ]


def _why_locked(status: Status) -> str:
    sentence = (
        tr("{name} always activates. It is one of the three that every database has.")
        if status.activates
        else tr("{name} never activates. It is one of the three that every database has.")
    )
    return " ".join([sentence.format(name=status.name), tr("Its stage stays as well.")])
