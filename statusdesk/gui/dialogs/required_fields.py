"""Asks for what a status requires of the accounts that come into it, before the card of the move is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from statusdesk.domain.admission import REASON, RETURN_DATE, Details, label
from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.instants import now, to_datetime
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import status_icon
from statusdesk.gui.panes.later_fields import LAST_DAY, LaterFields
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.wording import field_name, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.domain.records import AccountFields, Status

_FIRST_DAY: Final = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Given:
    """What people gave: the reason of the move, and the rest."""

    reason: str
    details: Details


class RequiredFieldsDialog(FormDialog):
    """`wished` carries what was `Given`, together with what was given before."""

    def __init__(
        self,
        status: Status,
        missing: Sequence[str],
        before: Given,
        *,
        zone: str,
        offered: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        """Ask for what is `missing`, by name; `offered` are the office's lists, by field."""
        words = FormWords(
            "required",
            tr("What “{status}” needs").format(status=status.name),
            tr("It is written with the move. Accounts that have it already keep theirs."),
            tr("Continue…"),
            tr("Next you see what the move does."),
        )
        super().__init__(words, status_icon(status.shape, status.colour), parent)
        self._before = before
        self._zone = zone
        self._fields: dict[str, QWidget] = {name: self._field(name, offered.get(name, ())) for name in missing}

    def _field(self, name: str, choices: Sequence[str]) -> QWidget:
        if name == REASON:
            return self._shown(tr("Reason"), self.line(name, tr("Reason"), tr("Reason, kept in the history")))
        if name == RETURN_DATE:
            later = LaterFields(self._zone, "required_return", tr("Day of the return"))
            self._shown(tr("Return"), later)
            later.start()
            return later
        title = field_name(FIELD[name])
        if FIELD[name].kind is Kind.DATE:
            day = DayField(f"required_{name}", title)
            day.show_day(to_datetime(now(), self._zone).date().isoformat(), _FIRST_DAY, LAST_DAY)
            return self._shown(title, day)
        return self._shown(title, self._choice(name, title, choices) if choices else self.line(name, title))

    def _choice(self, name: str, title: str, choices: Sequence[str]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"required_{name}")
        box.setAccessibleName(title)
        box.view().setObjectName(f"required_{name}_list")
        box.view().setAccessibleName(title)
        box.setEditable(True)
        box.addItems(list(choices))
        box.setCurrentIndex(-1)
        return box

    def _shown(self, title: str, field: QWidget) -> QWidget:
        self.add(title, field)
        return field

    def wish(self) -> Given | None:
        """Return what is given; None, with a reminder, while something is not."""
        values = {name: _value(field) for name, field in self._fields.items()}
        empty = next((name for name, value in values.items() if not value), None)
        if empty is not None:
            self.remind(tr("Still missing: {what}.").format(what=tr(label(empty))))
            self._fields[empty].setFocus()
            return None
        self.remind("")
        details = self._before.details
        back = cast("int | None", values.pop(RETURN_DATE, details.return_at))
        reason = str(values.pop(REASON, self._before.reason))
        fields = cast("AccountFields", {**details.fields, **values})
        return Given(reason, replace(details, fields=fields, return_at=back))


def _value(field: QWidget) -> str | int:
    if isinstance(field, LaterFields):
        return field.instant()
    if isinstance(field, DayField):
        return field.day
    if isinstance(field, QComboBox):
        return field.currentText().strip()
    return field.text().strip() if isinstance(field, QLineEdit) else ""
