"""The fields of the account form: how they are read and shown, and what is said beside them."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.fields import FIELDS
from statusdesk.gui.dialogs import account_values
from tests.gui.account_forms import field, hint, note, office, save_button, type_into
from tests.gui.office import Office

__all__ = ["office"]


@pytest.mark.parametrize(
    ("name", "wrong", "says", "right"),
    [
        ("monthly_charge", "12x", "is not an amount", "12,50"),
        ("balance_due", "1.005", "whole units of EUR", "1.00"),
        ("install_on", "tomorrow", "is not a date", "2026-12-24"),
        ("install_on", "2026-02-30", "is not a date", "24.12.2026"),
        ("install_attempts", "-1", "whole number", "2"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    office: Office, qtbot: QtBot, name: str, wrong: str, says: str, right: str
) -> None:
    office.flow.edit(office.account("00417").id)
    dialog = office.dialog("account_dialog")
    type_into(field(dialog, name), wrong)
    assert says in hint(dialog, name)
    assert field(dialog, name).property("invalid")
    assert not save_button(dialog).isEnabled()
    assert says in note(dialog)
    type_into(field(dialog, name), right)
    assert hint(dialog, name) == ""
    assert save_button(dialog).isEnabled()


def test_a_negative_charge_is_pointed_out_and_kept(office: Office, qtbot: QtBot) -> None:
    office.flow.edit(office.account("00536").id)
    dialog = office.dialog("account_dialog")
    type_into(field(dialog, "monthly_charge"), "-5")
    assert "credit" in hint(dialog, "monthly_charge")
    office.click(dialog, "account_save")
    qtbot.waitUntil(lambda: office.account("00536").monthly_charge == -500)
    office.settle()


def test_a_date_half_typed_is_not_complained_of_before_its_field_is_left(office: Office, qtbot: QtBot) -> None:
    office.flow.edit(office.account("00417").id)
    dialog = office.dialog("account_dialog")
    line = field(dialog, "install_on")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "2026-1")
    assert hint(dialog, "install_on") == ""
    assert not save_button(dialog).isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert "is not a date" in hint(dialog, "install_on")


def test_a_retired_status_is_offered_only_to_the_account_that_has_it(office: Office, qtbot: QtBot) -> None:
    vacation = office.account("00502").status_id
    office.session.perform(lambda desk, _: desk.retire_status(vacation))
    office.settle()

    def offered(number: str) -> list[str]:
        office.flow.edit(office.account(number).id)
        dialog = office.dialog("account_dialog")
        box = dialog.findChild(QComboBox, "account_status")
        assert isinstance(box, QComboBox)
        names = [box.itemText(place) for place in range(box.count())]
        office.click(dialog, "account_cancel")
        office.settle()
        return names

    assert "Vacation (retired)" in offered("00502")
    assert "Vacation (retired)" not in offered("00417")


def test_the_form_has_every_field_that_people_set(office: Office) -> None:
    office.flow.create()
    dialog = office.dialog("account_dialog")
    missing = [f.name for f in FIELDS if dialog.findChild(QWidget, f"account_{f.name}") is None]
    assert missing == ["status_since"]


def test_values_are_read_as_they_are_shown(office: Office) -> None:
    samples: dict[str, account_values.Value] = {
        "monthly_charge": 123456789, "balance_due": -5, "install_on": "2026-12-24", "install_attempts": 3,
        "note": "two\nlines", "ip_addresses": "10.0.0.1; 10.0.0.2",
    }  # fmt: skip
    for known in FIELDS:
        if known.name in samples:
            for currency in ("EUR", "JPY", "KWD"):
                text = account_values.as_text(known, samples[known.name], currency)
                assert account_values.read(known, text, currency) == samples[known.name]


def test_the_foot_of_the_dialog_is_on_a_low_screen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("statusdesk.gui.dialogs.account_dialog.SIZE", QSize(760, 2000))
    office.flow.create()
    dialog = office.dialog("account_dialog")
    assert dialog.height() < dialog.screen().availableSize().height()
