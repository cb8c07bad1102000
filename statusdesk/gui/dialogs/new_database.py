"""Asks where a new database goes, and for what can be set only then: its currency and its time zone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.errors import BadValue, StatusDeskError
from statusdesk.domain.instants import check_zone
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import error_text, tr
from statusdesk.services.opening import check_currency, default_currency, default_time_zone, is_missing

WIDTH: Final = 560
_CURRENCIES: Final = "EUR USD GBP CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY BRL MXN ZAR INR JPY".split()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the new database is made with: currency by ISO 4217, time zone by IANA name."""

    path: Path
    currency: str
    time_zone: str


class NewDatabase(FramedDialog):
    """Says `wished(Wish)` once everything is right; nothing is made here."""

    wished = Signal(object)

    def __init__(self, prompts: Prompts, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("new_database", tr("New database"), parent)
        self._prompts = prompts
        self._place = QLineEdit(str(_free_place(folder)))
        self._choose = QPushButton(tr("Choose…"))
        self._currency = _choices("new_database_currency", tr("Currency"), _CURRENCIES, default_currency())
        self._zone = _choices(
            "new_database_zone", tr("Time zone"), sorted(available_timezones()), default_time_zone()
        )
        self._foot = DialogFoot(
            "", tr("Create"), accept_name="new_database_accept", cancel_name="new_database_cancel"
        )
        self._build()
        self._wire()
        self._judge()

    def _build(self) -> None:
        self._place.setObjectName("new_database_place")
        self._place.setAccessibleName(tr("File of the database"))
        self._choose.setObjectName("new_database_choose")
        self._choose.setAccessibleName(tr("Choose the file of the database"))
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._place, 1)
        place.addWidget(self._choose)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(6)
        once = tr("It starts with the statuses Lead, Active and Inactive. Currency and time zone are set once.")
        body.addLayout(heading(tr("New database"), once))
        body.addSpacing(12)
        body.addWidget(_caption(tr("File"), self._place))
        body.addLayout(place)
        body.addSpacing(12)
        body.addLayout(self._once())
        self.stack(body, foot=self._foot, width=WIDTH)

    def _once(self) -> QHBoxLayout:
        money = tr("All amounts are in it.")
        days = tr("Days of reports begin and end in it.")
        row = QHBoxLayout()
        row.setSpacing(16)
        for caption, field, said, width in (
            (tr("Currency"), self._currency, money, 1),
            (tr("Time zone"), self._zone, days, 2),
        ):
            part = QVBoxLayout()
            part.setSpacing(6)
            part.addWidget(_caption(caption, field))
            part.addWidget(field)
            part.addWidget(TextLabel(said, Type.LABEL, "muted", wrap=True))
            row.addLayout(part, width)
        return row

    def _wire(self) -> None:
        self._place.textChanged.connect(self._judge)
        self._currency.editTextChanged.connect(self._judge)
        self._zone.editTextChanged.connect(self._judge)
        self._choose.clicked.connect(self._ask_place)
        self._foot.accept_button.clicked.connect(self._say)
        self._foot.accept_button.setDefault(True)
        self._foot.cancel_button.clicked.connect(self.reject)

    def _ask_place(self) -> None:
        self._prompts.save_file(
            self,
            tr("New database"),
            tr("StatusDesk databases (*.statusdesk)"),
            self._place.text(),
            self._take_place,
        )

    def _take_place(self, path: Path) -> None:
        self._place.setText(str(path))

    def _wish(self) -> Wish:
        """Return what is asked for; raises `StatusDeskError` where that cannot be."""
        path = Path(self._place.text().strip()).expanduser()
        if not self._place.text().strip() or not path.is_absolute():
            raise BadValue(field=tr("File"), value=self._place.text(), reason=tr("is not a whole path"))
        if path.suffix == "":
            path = path.with_suffix(".statusdesk")
        if not is_missing(path):
            raise BadValue(field=tr("File"), value=path.name, reason=tr("is already there; choose another name"))
        return Wish(path, check_currency(self._currency.currentText()), check_zone(self._zone.currentText()))

    def _judge(self) -> None:
        try:
            self._wish()
        except StatusDeskError as error:
            self._foot.set_note(error_text(error), "loss")
            self._foot.accept_button.setEnabled(False)
        else:
            self._foot.set_note(tr("The database is opened in place of this one."))
            self._foot.accept_button.setEnabled(True)

    def _say(self) -> None:
        wish = self._wish()
        self.accept()
        self.wished.emit(wish)


def _caption(text: str, field: QWidget) -> TextLabel:
    label = TextLabel(text, Type.HEADING)
    label.setBuddy(field)
    return label


def _choices(name: str, said: str, offered: list[str], chosen: str) -> QComboBox:
    """Return an editable field that offers what contains the letters typed."""
    field = QComboBox()
    field.setObjectName(name)
    field.setAccessibleName(said)
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.addItems(offered)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(8)
    completer = field.completer()
    assert isinstance(completer, QCompleter)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    line = field.lineEdit()
    assert line is not None
    line.setObjectName(f"{name}_text")
    line.setAccessibleName(said)
    field.setCurrentText(chosen)
    return field


def _free_place(folder: Path) -> Path:
    """Return a name in the folder that nothing has yet."""
    number = 1
    while (path := folder / f"accounts{f' {number}' if number > 1 else ''}.statusdesk").exists():
        number += 1
    return path
