"""Asks which database on a server to open, and for the password if nothing else knows it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from statusdesk.domain.places import Server, is_server, place_of
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

WIDTH: Final = 560
EXAMPLE: Final = "postgresql://anna@db.example.net/office"


class OpenShared(FramedDialog):
    """Says `wished(Server)`, and stays until whoever opened the database closes it, or tells what is wrong."""

    wished = Signal(object)

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__("open_shared", tr("Open shared database"), parent)
        self._address = QLineEdit(address)
        self._password = QLineEdit()
        self._foot = DialogFoot("", tr("Open"), accept_name="open_shared_accept", cancel_name="open_shared_cancel")
        self._build()
        self._address.textChanged.connect(self._judge)
        self._password.textChanged.connect(self._judge)
        self._foot.accept_button.clicked.connect(self._say)
        self._foot.accept_button.setDefault(True)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._judge()

    def _build(self) -> None:
        self._address.setObjectName("open_shared_address")
        self._address.setAccessibleName(tr("Address of the database"))
        self._address.setPlaceholderText(EXAMPLE)
        self._password.setObjectName("open_shared_password")
        self._password.setAccessibleName(tr("Password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(6)
        said = tr("A database on a PostgreSQL server, which several desktops use at the same time.")
        body.addLayout(heading(tr("Open shared database"), said))
        hints = (
            (tr("Address"), self._address, tr("Whoever set it up can tell you, for example {example}.")),
            (tr("Password"), self._password, tr("Only if you are asked for one. It is used now and not kept.")),
        )
        for caption, field, hint in hints:
            label = TextLabel(caption, Type.HEADING)
            label.setBuddy(field)
            body.addSpacing(12)
            body.addWidget(label)
            body.addWidget(field)
            body.addWidget(TextLabel(hint.format(example=EXAMPLE), Type.LABEL, "muted", wrap=True))
        self.stack(body, foot=self._foot, width=WIDTH)

    def _judge(self) -> None:
        given = is_server(self._address.text().strip())
        self._foot.accept_button.setEnabled(given)
        if given:
            self._foot.set_note(tr("The database is opened in place of this one."))
        else:
            self._foot.set_note(tr("The address begins with postgresql://"))

    def _say(self) -> None:
        place = place_of(self._address.text().strip())
        assert isinstance(place, Server)
        self._foot.accept_button.setEnabled(False)
        self._foot.set_note(tr("Connecting…"))
        self.wished.emit(Server(place.url, self._password.text() or None))

    def show_problem(self, sentence: str) -> None:
        """Say why it could not be opened; everything typed stays."""
        self._foot.accept_button.setEnabled(True)
        self._foot.set_note(sentence, "loss")
