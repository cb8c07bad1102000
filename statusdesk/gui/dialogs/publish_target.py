"""Adds or edits a target of publishing: where it is, and what happens by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from statusdesk.domain.targets import Target, TargetKind
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.option_tiles import Option, OptionTiles
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS: Final = (
    (TargetKind.RADIUS, "RADIUS database", "FreeRADIUS on PostgreSQL, MariaDB or SQLite, with its stock schema."),
    (TargetKind.ROUTER, "Router script", "A file with address lists that a MikroTik router imports."),
)
_EXAMPLES: Final = {
    TargetKind.RADIUS: "postgresql://statusdesk@radius.example/radius",
    TargetKind.ROUTER: "/srv/router/statusdesk.rsc",
}


@dataclass(frozen=True, slots=True)
class TargetWish:
    """A target, and a password for the keyring, if one was typed."""

    target: Target
    password: str


class TargetEditor(FormDialog):
    """`wished` carries a `TargetWish`, `test_wished` one that people want to try first."""

    test_wished = Signal(object)

    def __init__(self, target: Target | None, parent: QWidget | None = None) -> None:
        title = tr("Add a target") if target is None else tr("Edit {name}").format(name=target.name)
        words = FormWords(
            "target",
            title,
            tr("Where accounts' service levels are published to."),
            tr("Add") if target is None else tr("Save"),
        )
        super().__init__(words, action_icon("network"), parent)
        self._target = target or Target(0, "", TargetKind.RADIUS, "")
        self._kinds = OptionTiles([Option(k.value, f"target_kind_{k.value}", tr(t), tr(s)) for k, t, s in _KINDS])
        self._kinds.setObjectName("target_kind")
        self._kinds.setAccessibleName(tr("Kind"))
        self._kinds.set_value(self._target.kind.value)
        self._kinds.setEnabled(target is None)
        self._name = self.line("name", tr("Name"), tr("Such as Core"))
        self._address = self.line("address", tr("Address"))
        self._password = self.line("password", tr("Password"), tr("Kept in the system's keyring"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._automatic = _check("target_automatic", tr("Publish the accounts of each change right after it"))
        self._disconnect = _check("target_disconnect", tr("End the sessions of those whose level changes"))
        self._test = QPushButton(tr("Test the connection"))
        self._test.setObjectName("target_test")
        self._radius: Sequence[QWidget] = (self._password, self._automatic, self._disconnect, self._test)
        self.add(tr("Kind"), self._kinds)
        self.add(tr("Name"), self._name)
        self.add(tr("Address"), self._address)
        self.add(tr("Password"), self._password, tr("never in the database"))
        for part in (self._automatic, self._disconnect):
            self.form.addWidget(part)
        self.form.addWidget(self._test, 0, Qt.AlignmentFlag.AlignLeading)
        self._kinds.picked.connect(self._turn)
        self._test.clicked.connect(self._try)
        self._show()

    def _show(self) -> None:
        self._name.setText(self._target.name)
        self._address.setText(self._target.address)
        self._automatic.setChecked(self._target.automatic)
        self._disconnect.setChecked(self._target.disconnect)
        self._turn()

    def _turn(self) -> None:
        kind = TargetKind(self._kinds.value())
        self._address.setPlaceholderText(_EXAMPLES[kind])
        for part in self._radius:
            part.setEnabled(kind is TargetKind.RADIUS)

    def wish(self) -> TargetWish | None:
        """Return the target; None, with a reminder, while something is missing."""
        if not self._name.text().strip() or not self._address.text().strip():
            self.remind(tr("A target needs a name and an address."))
            return None
        kind = TargetKind(self._kinds.value())
        radius = kind is TargetKind.RADIUS
        target = Target(
            self._target.id, self._name.text(), kind, self._address.text().strip(), self._target.prefix,
            radius and self._automatic.isChecked(), radius and self._disconnect.isChecked(), self._target.coa_port,
        )  # fmt: skip
        self.remind("")
        return TargetWish(target, self._password.text())

    def _try(self) -> None:
        wish = self.wish()
        if wish is not None:
            self.foot.set_note(tr("Connecting…"))
            self.test_wished.emit(wish)


def _check(name: str, text: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setObjectName(name)
    return made
