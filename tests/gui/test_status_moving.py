"""Statuses renamed where they stand, moved by keys and dragged, and accounts dropped onto them."""

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from statusdesk.domain.records import Stage
from statusdesk.gui.models.statuses_model import ACCOUNTS_MIME
from statusdesk.gui.palettes import tones
from statusdesk.gui.panes.name_field import FieldNote, NameField
from tests.gui.status_window import FRESH, Key, Mod, StatusWindow, find, window

__all__ = ["window"]


def field(window: StatusWindow) -> QLineEdit:
    return find(window.pane.table.viewport(), NameField, "rename_field")


def note(window: StatusWindow) -> str:
    notes = window.pane.table.viewport().findChildren(FieldNote)
    return " ".join(note.text() for note in notes if note.isVisible())


@pytest.mark.parametrize("way", ["f2", "double click"])
def test_renaming_in_place(window: StatusWindow, way: str) -> None:
    window.click("Vacation")
    if way == "f2":
        window.press(Key.Key_F2)
    else:
        window.double_click("Vacation")
    assert field(window).selectedText() == "Vacation"
    window.type("  Summer break ")
    window.press(Key.Key_Return)
    window.qtbot.waitUntil(lambda: "Summer break" in window.rows())
    assert window.said() == "Renamed Vacation to Summer break"
    window.undo()
    assert "Vacation" in window.rows()


def test_a_taken_name_stays_in_the_field_with_the_reason(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_F2)
    window.type("ACTIVE")
    window.press(Key.Key_Return)
    assert note(window) == "There is already a status named “Active”. Choose another name."
    assert field(window).text() == "ACTIVE"
    edge = field(window).grab().toImage().pixelColor(1, field(window).height() // 2)
    assert edge == tones(field(window).palette()).loss, "what is refused has a red edge, not that of the focus"
    window.press(Key.Key_Escape)
    window.settle()
    assert window.rows() == FRESH


def test_a_name_taken_at_the_last_moment_comes_back_as_typed(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_F2)
    window.meanwhile("Inactive", {"name": "Gone"})
    window.type("gone")
    window.press(Key.Key_Return)
    window.qtbot.waitUntil(lambda: "“Gone”" in note(window))
    focused = QApplication.focusWidget()
    assert isinstance(focused, NameField)
    assert focused.text() == "gone"


def test_a_status_steps_across_stages_and_back_again(window: StatusWindow) -> None:
    window.click("Vacation")
    window.press(Key.Key_Down, Mod.AltModifier)
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Vacation", "Inactive"]
    assert window.status("Vacation").stage is Stage.ENDED
    window.press(Key.Key_Down, Mod.AltModifier)
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Inactive", "Vacation"]
    assert window.pane.table.chosen() == {window.id("Vacation")}
    window.undo()
    assert window.rows()[6:9] == ["Ended:", "Vacation", "Inactive"]


def test_steps_taken_faster_than_they_are_saved_all_count(window: StatusWindow) -> None:
    window.click("Vacation")
    for _ in range(3):
        window.press(Key.Key_Down, Mod.AltModifier)
    window.qtbot.waitUntil(lambda: window.rows()[-2:] == ["Debt:", "Vacation"])
    window.settle()


def test_a_built_in_status_keeps_its_stage(window: StatusWindow) -> None:
    window.click("Active")
    window.press(Key.Key_Up, Mod.AltModifier)
    assert "stage cannot be changed" in window.said()
    assert window.rows() == FRESH


def drop(window: StatusWindow, data: QMimeData, at: QPoint) -> None:
    table = window.pane.table
    event = _Drop(QPointF(at), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Mod.NoModifier)
    event.from_table = table
    table.dropEvent(event)


def dragged(window: StatusWindow, name: str) -> QMimeData:
    table = window.pane.table
    row = table.statuses.row_of(window.id(name))
    assert row is not None
    return table.statuses.mimeData([table.statuses.index(row, 0)])


class _Drop(QDropEvent):
    """A drop that came from a widget, which Qt knows only of drags that really run."""

    from_table: QWidget

    def source(self) -> QWidget:
        return self.from_table


def test_a_status_is_dropped_into_another_stage(window: StatusWindow) -> None:
    at = window.at("Inactive")
    drop(window, dragged(window, "Vacation"), QPoint(at.x(), at.y() + 6))
    window.settle()
    assert window.rows()[6:9] == ["Ended:", "Inactive", "Vacation"]
    assert window.said() == "Moved Vacation in the list"
    window.undo()
    assert window.rows() == FRESH


def test_dropped_where_it_is_nothing_happens(window: StatusWindow) -> None:
    drop(window, dragged(window, "Vacation"), window.at("Vacation"))
    window.settle()
    assert window.said() == ""


def test_accounts_are_dropped_onto_a_status_that_takes_them(window: StatusWindow) -> None:
    accounts = QMimeData()
    accounts.setData(ACCOUNTS_MIME, QByteArray())
    with window.qtbot.waitSignal(window.pane.accounts_dropped) as told:
        drop(window, accounts, window.at("Vacation"))
    assert told.args == [window.id("Vacation")]
    window.click("Vacation")
    window.push("summary_retire")
    window.settle()
    with window.qtbot.assertNotEmitted(window.pane.accounts_dropped):
        drop(window, accounts, window.at("Vacation"))
