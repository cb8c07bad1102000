"""One account's details and its history, as support staff read and use them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QListView,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.records import AccountFields
from statusdesk.gui import formats
from statusdesk.gui.models.timeline_steps import Step
from statusdesk.gui.panes import details_account
from statusdesk.gui.panes.details_pane import DetailsPane
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Scheme, Type, apply_theme, font
from statusdesk.gui.widgets.timeline import STEP, Timeline, step_height
from statusdesk.gui.widgets.wrapping import CHANCE, lay_out
from tests.gui.conftest import Answers
from tests.gui.office import LEFT, Office


@pytest.fixture
def office(qtbot: QtBot, session: Session, answers: Answers) -> Office:
    return Office(qtbot, session, answers)


@pytest.fixture
def pane(office: Office) -> DetailsPane:
    pane = DetailsPane(office.session)
    pane.setFixedWidth(272)
    pane.prepare()
    office.put(pane)
    pane.undo_requested.connect(office.taking_back.take_back)
    pane.edit_requested.connect(office.flow.edit)
    return pane


def steps(pane: DetailsPane) -> list[str]:
    history = pane.findChild(QListView, "details_history")
    assert isinstance(history, QListView)
    model = history.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def links(pane: DetailsPane) -> list[QAbstractButton]:
    found = pane.findChildren(QAbstractButton, "timeline_undo")
    return sorted((link for link in found if link.isVisible()), key=lambda link: link.y())


def value(pane: DetailsPane, name: str) -> str:
    label = pane.findChild(QLabel, f"details_{name}")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def ids(office: Office, *numbers: str) -> AccountIds:
    return AccountIds(tuple(office.account(number).id for number in numbers))


def vacation(office: Office) -> int:
    return office.account("00502").status_id


def move(office: Office, *numbers: str, reason: str = "") -> None:
    chosen, status_id = ids(office, *numbers), vacation(office)
    office.do(lambda desk: desk.reassign(chosen, status_id, reason=reason))


def edit(office: Office, number: str, fields: AccountFields) -> None:
    account_id = office.account(number).id
    office.do(lambda desk: desk.edit_account(account_id, fields))


def test_without_an_account_it_says_how_to_get_one(pane: DetailsPane) -> None:
    label = pane.findChild(QLabel, "details_empty")
    assert isinstance(label, QLabel)
    assert label.isVisible()
    assert label.text() == "Select an account to see its history"


def test_only_filled_fields_are_shown_and_money_names_its_currency(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    title = pane.findChild(QLabel, "details_title")
    assert isinstance(title, QLabel)
    assert title.text() == "Marta Lindqvist"
    assert value(pane, "monthly_charge") == "29.90 EUR"
    assert value(pane, "phone") == "0431 555 0100"
    assert value(pane, "email") == ""
    edit(office, "00417", {"install_on": "2026-12-24"})
    assert value(pane, "install_on") == "24 Dec 2026"
    for later in ("details_planned", "details_groups"):
        found = pane.findChild(QWidget, later)
        assert isinstance(found, QWidget)
        assert found.isHidden()


def test_a_move_shows_who_did_it_and_why(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    assert len(steps(pane)) == 1
    move(office, "00417", reason="Winter closing")
    assert len(steps(pane)) == 2
    assert steps(pane)[0].startswith("Vacation · ")
    assert steps(pane)[0].endswith("anna · Winter closing")
    assert "Added" in steps(pane)[1]


def test_a_change_of_charge_or_field_says_from_what_to_what(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    edit(office, "00417", {"monthly_charge": 3490})
    assert "Monthly charge 29.90 → 34.90" in steps(pane)[0]
    edit(office, "00417", {"phone": "1", "delinquent": True, "email": "a@b.de"})
    assert "Phone 0431 555 0100 → 1" in steps(pane)[0]
    assert "E-mail — → a@b.de" in steps(pane)[0]
    assert "Delinquent" in steps(pane)[0]


def test_only_what_stands_on_top_of_the_account_can_be_undone_here(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    move(office, "00417", "00434")
    assert [link.text() for link in links(pane)] == ["Undo for 2…"]
    edit(office, "00417", {"phone": "1"})
    assert [link.text() for link in links(pane)] == ["Undo…"]
    QTest.mouseClick(links(pane)[0], LEFT)
    office.click(office.dialog("consequence_card"), "card_apply")
    office.qtbot.waitUntil(lambda: value(pane, "phone") == "0431 555 0100")
    office.settle()
    assert "Undid: Edited account 00417" in steps(pane)[0]
    assert "undone" in steps(pane)[1]
    assert [link.text() for link in links(pane)] == ["Redo…", "Undo for 2…"]
    QTest.mouseClick(links(pane)[1], LEFT)
    card = office.dialog("consequence_card")
    assert card.windowTitle() == "Undo: Move 2 accounts to Vacation"
    office.click(card, "card_apply")
    office.qtbot.waitUntil(lambda: office.account("00434").status_id == 2)
    office.settle()
    assert office.account("00417").status_id == 2


def test_what_was_done_again_can_be_undone_again(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    move(office, "00417")
    office.do(lambda desk: desk.undo())
    office.do(lambda desk: desk.redo())
    assert office.account("00417").status_id == vacation(office)
    assert [link.text() for link in links(pane)] == ["Undo…"]
    QTest.mouseClick(links(pane)[0], LEFT)
    office.click(office.dialog("consequence_card"), "card_apply")
    office.qtbot.waitUntil(lambda: office.account("00417").status_id == 2)
    office.settle()


def test_an_account_whose_creation_was_undone_is_shown_no_more(office: Office, pane: DetailsPane) -> None:
    made = office.do(lambda desk: desk.create_account({"number": "1", "status_id": 1}))
    pane.show_account(made.account_id)
    pages = pane.findChild(QStackedWidget)
    assert isinstance(pages, QStackedWidget)
    assert pages.currentIndex() == 1
    office.do(lambda desk: desk.undo())
    assert pages.currentIndex() == 0
    office.do(lambda desk: desk.redo())
    assert pages.currentIndex() == 1
    assert any("Closed" in step for step in steps(pane))


def test_a_long_history_comes_in_parts(office: Office, pane: DetailsPane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(details_account, "PAGE", 3)
    account = office.account("00417").id
    for phone in "123456":
        edit(office, "00417", {"phone": phone})
    pane.show_account(None)
    pane.show_account(account)
    assert len(steps(pane)) == 3
    older = pane.findChild(QAbstractButton, "details_older")
    assert isinstance(older, QAbstractButton)
    QTest.mouseClick(older, LEFT)
    assert len(steps(pane)) == 6
    QTest.mouseClick(older, LEFT)
    assert len(steps(pane)) == 7
    assert not older.isVisible()


def test_a_change_elsewhere_keeps_the_place_and_arrows_bring_steps_into_view(
    office: Office, pane: DetailsPane, qtbot: QtBot
) -> None:
    account = office.account("00417").id
    for phone in "1234567890":
        edit(office, "00417", {"phone": phone})
    pane.setFixedHeight(400)
    pane.show_account(account)
    scroll = pane.findChild(QScrollArea, "details_scroll")
    history = pane.findChild(Timeline, "details_history")
    assert isinstance(scroll, QScrollArea)
    assert isinstance(history, Timeline)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 11 * STEP)
    scroll.verticalScrollBar().setValue(120)
    move(office, "00434")
    assert scroll.verticalScrollBar().value() == 120
    history.setFocus()
    QTest.keyClick(history, Qt.Key.Key_End)
    place = history.visualRect(history.currentIndex()).center()
    seen = history.mapTo(scroll.viewport(), place)
    assert scroll.viewport().rect().contains(QPoint(8, seen.y()))


def test_wishes_name_the_account(office: Office, pane: DetailsPane, qtbot: QtBot) -> None:
    pane.show_account(office.account("00417").id)
    with qtbot.waitSignal(pane.set_status_requested) as wish:
        office.click(pane, "details_set_status")
    assert wish.args == [office.account("00417").id]
    with qtbot.waitSignal(pane.closed):
        office.click(pane, "details_close")
    office.click(pane, "details_edit")
    assert office.dialog("account_dialog").windowTitle() == "Edit Marta Lindqvist"


def test_everything_in_it_has_a_name(office: Office, pane: DetailsPane) -> None:
    pane.show_account(office.account("00417").id)
    for button in pane.findChildren(QAbstractButton):
        interface = QAccessible.queryAccessibleInterface(button)
        assert button.objectName()
        assert interface.text(QAccessible.Text.Name), button.objectName()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_on_the_timeline_have_the_colours_of_their_statuses(
    office: Office, pane: DetailsPane, qapp: QApplication, scheme: Scheme
) -> None:
    apply_theme(qapp, scheme)
    pane.show_account(office.account("00417").id)
    move(office, "00417")
    history = pane.findChild(Timeline, "details_history")
    assert isinstance(history, Timeline)
    image = history.viewport().grab().toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(16) for y in range(image.height())}
    assert {"#0A66B5", office.session.status(2).colour} <= seen
    apply_theme(qapp, "light")


def test_a_long_value_keeps_its_column_and_is_copied_as_it_is(office: Office, pane: DetailsPane) -> None:
    edit(office, "00417", {"email": "marta.lindqvist-petersen@very-long-provider.example", "city": "W" * 40})
    pane.show_account(office.account("00417").id)
    fields = [pane.findChild(QLabel, f"details_{name}") for name in ("number", "email", "city")]
    shown = [field for field in fields if isinstance(field, QLabel)]
    office.qtbot.waitUntil(lambda: shown[1].height() > 2 * shown[0].height() - 4)
    office.qtbot.waitUntil(lambda: all(field.heightForWidth(field.width()) <= field.height() for field in shown))
    assert len({field.x() for field in shown}) == 1, "all values start in one column"
    for field in shown:
        assert max(map(field.fontMetrics().horizontalAdvance, field.text().split(CHANCE))) <= field.width()
    email = shown[1]
    assert email.accessibleName() == "marta.lindqvist-petersen@very-long-provider.example"
    email.setSelection(0, len(email.text()))
    email.setFocus()
    QTest.keyClick(email, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "marta.lindqvist-petersen@very-long-provider.example"


@pytest.fixture
def right_to_left(dressed: QApplication) -> Iterator[None]:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("right_to_left")
def test_a_date_keeps_its_order_in_right_to_left(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(240, STEP)
    pictures = []
    for moment in ("24 Nov 2026, 17:41", formats.isolated("24 Nov 2026, 17:41")):
        timeline.show_steps([Step(1, "", moment, (), "")])
        pictures.append(timeline.viewport().grab().toImage())
    assert pictures[0] == pictures[1], "what keeps its order of itself must look no different"


def test_the_timeline_breaks_at_blanks_and_keeps_numbers_whole(dressed: QApplication) -> None:
    text, small = "Phone 0451 555 5496 → 0431 555 0142", font(Type.LABEL)
    widest = QFontMetrics(small).horizontalAdvance("0451 555 5496\u00a0→")
    for width in range(widest + 2, 2 * widest, 7):
        layout = lay_out(text, small, width)
        lines = [layout.lineAt(at) for at in range(layout.lineCount())]
        shown = layout.text().replace("\u00a0", " ")
        written = [shown[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]
        assert " ".join(written) == text
        assert sum("0451 555 5496 →" in line for line in written) == 1
        assert sum("0431 555 0142" in line for line in written) == 1


def test_a_title_of_the_timeline_is_whole_where_the_moment_goes_below_it(dressed: QApplication) -> None:
    def step(title: str) -> Step:
        return Step(1, title, "24 Nov 2026, 21:09", (), "anna")

    assert step_height(step("Active"), 220) == step_height(step("Active"), 400)
    long = step("Vacation, reduced service")
    assert step_height(long, 220) > step_height(long, 400)
