"""What this program is, what it is made of, and under which terms."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from statusdesk.domain.records import DatabaseInfo
from statusdesk.gui.dialogs.framed import FramedDialog
from statusdesk.gui.icons import app_icon
from statusdesk.gui.reports import shortened, versions
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

WIDTH: Final = 540
"""Least width of the dialog in logical pixels."""


class AboutDialog(FramedDialog):
    """Shows versions, the database and the licences; Copy takes the versions along."""

    def __init__(self, info: DatabaseInfo, parent: QWidget | None = None) -> None:
        super().__init__("about_dialog", tr("About StatusDesk"), parent)
        self._versions = versions()
        self._database = tr("Database: {path}").format(path=shortened(info.path))
        self._about_it = tr("Schema {schema}, {currency}, days of {zone}").format(
            schema=info.schema, currency=info.currency, zone=info.time_zone
        )
        self._foot = DialogFoot("", tr("Copy"), accept_name="about_copy", cancel_name="about_close")
        self._foot.cancel_button.setText(tr("Close"))
        self.stack(self._body(), foot=self._foot)
        self.setMinimumWidth(WIDTH)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.clicked.connect(self._copy)
        self._foot.cancel_button.setFocus()

    def _body(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(app_icon().pixmap(QSize(48, 48), self.devicePixelRatioF()))
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(TextLabel("StatusDesk", Type.DIALOG_TITLE))
        purpose = tr("Account statuses for internet providers, and what changing them does.")
        texts.addWidget(TextLabel(purpose, tone="muted", wrap=True))
        for name, text in (
            ("about_versions", self._versions),
            ("about_database", f"{self._database}\n{self._about_it}"),
            ("about_licences", licences()),
        ):
            texts.addSpacing(10)
            label = TextLabel(text, wrap=True)
            label.setObjectName(name)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(label)
        texts.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(16)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._versions}\n{self._database}\n{self._about_it}")
        self._foot.set_note(tr("Copied."))


def licences() -> str:
    """Return the notice that the licences ask for."""
    return tr(
        "StatusDesk is free software under the MIT licence.\n"
        "It uses Qt and PySide6 under the GNU Lesser General Public License, version 3 (LGPL-3.0). They are"
        " separate libraries that you may replace by your own builds; their source is at code.qt.io, the licence"
        " at gnu.org/licenses/lgpl-3.0.html. More is under Help ▸ About Qt."
    )
