"""Makes or edits a service level: its name, what it does, and what the RADIUS server answers for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.attributes import CATALOGUE, PRESETS, clean_address_list, clean_attribute, clean_reply
from statusdesk.domain.errors import Refused
from statusdesk.domain.levels import Attribute, LevelFields, LevelKind
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.option_tiles import Option, OptionTiles
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.wording import error_text, tr

if TYPE_CHECKING:
    from statusdesk.domain.levels import ServiceLevel

_KINDS: Final = (
    (LevelKind.NORMAL, "Serves", "The login is let in, with the attributes below."),
    (LevelKind.WALLED, "Walled garden", "The login is let in, to little more than a page that says why."),
    (LevelKind.REJECT, "Refuses", "The login is refused, with the message below."),
)


class LevelEditor(FormDialog):
    """`wished` carries `LevelFields`."""

    def __init__(self, level: ServiceLevel | None, parent: QWidget | None = None) -> None:
        title = tr("New service level") if level is None else tr("Edit {name}").format(name=level.name)
        explained = tr("What accounts get from the network. Which status gives it is set under “Who gets what”.")
        words = FormWords("level_editor", title, explained, tr("Create") if level is None else tr("Save"))
        super().__init__(words, action_icon("network"), parent)
        self._name = self.line("name", tr("Name"), tr("Such as Home 100"))
        self._name.setMaxLength(40)
        self._kinds = OptionTiles([Option(k.value, f"level_kind_{k.value}", tr(t), tr(s)) for k, t, s in _KINDS])
        self._kinds.setObjectName("level_editor_kind")
        self._kinds.setAccessibleName(tr("What it does"))
        self._list = self.line("address_list", tr("Address list"), tr("None"))
        self._reply = self.line("reply", tr("Message"), tr("None"))
        self._attributes = _Attributes()
        locked = tr("fixed once made; its group {group} too").format(group=level.radius_group) if level else ""
        self.add(tr("Name"), self._name)
        self.add(tr("What it does"), self._kinds, locked)
        self.add(tr("Attributes of the answer"), self._attributes)
        self.add(tr("Address list"), self._list, tr("letters, digits, and _ . -"))
        self.add(tr("Message to the access server"), self._reply)
        self._show(level)

    def _show(self, level: ServiceLevel | None) -> None:
        self._kinds.set_value((level.kind if level else LevelKind.NORMAL).value)
        self._kinds.setEnabled(level is None)
        if level is not None:
            self._name.setText(level.name)
            self._list.setText(level.address_list)
            self._reply.setText(level.reply_message)
            for attribute in level.attributes:
                self._attributes.add(attribute)

    def wish(self) -> LevelFields | None:
        """Return the level; None, with a reminder, where the server would trip over something."""
        try:
            fields: LevelFields = {
                "name": self._name.text(),
                "kind": LevelKind(self._kinds.value()),
                "address_list": clean_address_list(self._list.text()),
                "reply_message": clean_reply(self._reply.text()),
                "attributes": tuple(clean_attribute(attribute) for attribute in self._attributes.all()),
            }
        except Refused as error:
            self.remind(error_text(error))
            return None
        self.remind("")
        return fields


class _Attributes(QWidget):
    """A row for each attribute: name, value, and a mark for those that our catalogue does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("level_editor_attributes")
        self.setAccessibleName(tr("Attributes of the answer"))
        self._rows: list[_AttributeRow] = []
        self._grid = QVBoxLayout()
        self._grid.setSpacing(8)
        add = QPushButton(tr("Add attribute"))
        add.setObjectName("level_editor_add")
        add.setMenu(self._menu(add))
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addLayout(foot)

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.setObjectName("level_editor_presets")
        for preset in PRESETS:
            action = menu.addAction(tr(preset.label), partial(self._start, preset.name))
            action.setObjectName(f"preset_{preset.name}")
        menu.addSeparator()
        menu.addAction(tr("Another attribute"), partial(self._start, "")).setObjectName("preset_other")
        return menu

    def _start(self, name: str) -> None:
        row = self.add(Attribute(name, ""))
        (row.value if name else row.name).setFocus()

    def add(self, attribute: Attribute) -> _AttributeRow:
        """Add a row."""
        row = _AttributeRow(attribute, len(self._rows))
        row.remove.clicked.connect(partial(self._drop, row))
        self._rows.append(row)
        self._grid.addWidget(row)
        return row

    def _drop(self, row: _AttributeRow, _checked: bool = False) -> None:
        self._rows.remove(row)
        self._grid.removeWidget(row)
        row.hide()
        row.deleteLater()

    def all(self) -> list[Attribute]:
        """Return what stands in the rows, empty ones left out."""
        found = [row.attribute() for row in self._rows]
        return [attribute for attribute in found if attribute.name.strip() or attribute.value.strip()]


class _AttributeRow(QWidget):
    def __init__(self, attribute: Attribute, number: int) -> None:
        super().__init__()
        example = {preset.name: preset.example for preset in PRESETS}.get(attribute.name, tr("Value"))
        self.name = _line(f"attribute_name_{number}", tr("Attribute"), attribute.name, tr("Attribute"))
        self.value = _line(f"attribute_value_{number}", tr("Value"), attribute.value, example)
        self.remove = LinkButton(tr("Remove"))
        self.remove.setObjectName(f"attribute_remove_{number}")
        self._op = attribute.op
        self._trusted = QCheckBox(tr("My server's dictionary has it"))
        self._trusted.setObjectName(f"attribute_trusted_{number}")
        self._trusted.setChecked(attribute.trusted)
        self._problem = TextLabel("", Type.LABEL, "loss", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, widget in enumerate((self.name, self.value, self.remove)):
            grid.addWidget(widget, 0, place)
        grid.addWidget(self._trusted, 1, 0, 1, 3)
        grid.addWidget(self._problem, 2, 0, 1, 3)
        for line in (self.name, self.value):
            line.editingFinished.connect(self._judge)
        self._trusted.clicked.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        """Say beside the row what is wrong with it; offer to vouch for what our catalogue does not know."""
        attribute = self.attribute()
        known = any(known.casefold() == attribute.name.strip().casefold() for known in CATALOGUE)
        self._trusted.setVisible(bool(attribute.name.strip()) and not known)
        problem = ""
        if attribute.name.strip() and attribute.value.strip():
            try:
                clean_attribute(attribute)
            except Refused as error:
                problem = error_text(error)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def attribute(self) -> Attribute:
        """Return what stands here."""
        return Attribute(self.name.text(), self.value.text(), self._op, self._trusted.isChecked())


def _line(name: str, title: str, text: str, placeholder: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(253)
    return made
