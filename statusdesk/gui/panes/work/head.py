"""The head of a worklist: what it is and is for, its views with counts, a search, and its own controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from statusdesk.gui.panes.work.foot import EDGE
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.search_field import SearchField
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.gui.panes.work.worklist import Worklist

_SEARCH: Final = 280


class WorkHead(QWidget):
    """`view_chosen` when people turn to another view of the list."""

    view_chosen = Signal()

    def __init__(self, name: str = "work") -> None:
        super().__init__()
        self._name = name
        self.search = SearchField(f"{name}_search", tr("Search number and name"))
        self.search.setFixedWidth(_SEARCH)
        self._title = TextLabel("", Type.PANE_HEAD)
        self._title.setObjectName(f"{name}_title")
        self._sentence = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._sentence.setObjectName(f"{name}_sentence")
        self._note = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._note.setObjectName(f"{name}_note")
        self._views: Segments | None = None
        self._controls: QWidget | None = None
        self._first = ""
        self._choices = QHBoxLayout()
        self._choices.setSpacing(12)
        self._choices.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self._title)
        above.addStretch(1)
        above.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 12, EDGE, 12)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self._sentence)
        column.addLayout(self._choices)
        column.addWidget(self._note)
        self._note.hide()

    @property
    def view(self) -> str:
        """The name of the view that is chosen."""
        return self._views.value() if self._views is not None else self._first

    def show_list(self, worklist: Worklist[Any]) -> None:
        """Show another list's title, sentence, views and controls; the search is emptied."""
        self._title.setText(tr(worklist.title))
        self._sentence.setText(tr(worklist.sentence))
        self.show_note("")
        self.search.empty()
        self.search.setPlaceholderText(tr(worklist.search))
        for old in (self._views, self._controls):
            if old is not None:
                self._choices.removeWidget(old)
                old.setParent(None)
                old.deleteLater()
        views = worklist.views()
        self._first = views[0].name
        self._views = None
        if len(views) > 1:
            choices = [(view.name, f"{self._name}_view_{view.name}", tr(view.title)) for view in views]
            self._views = Segments(f"{self._name}_views", tr("View"), choices)
            self._views.set_value(self._first)
            self._views.picked.connect(self._turn)
            self._choices.insertWidget(0, self._views)
        self._controls = worklist.controls()
        if self._controls is not None:
            self._choices.insertWidget(self._choices.count() - 1, self._controls)

    def choose_view(self, name: str) -> None:
        """Choose a view as people do."""
        if self._views is not None:
            self._views.set_value(name)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each view has."""
        if self._views is not None:
            self._views.show_counts(counts)

    def show_note(self, text: str) -> None:
        """Show a sentence on the rows; none where it is empty."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        views = self._views.stops() if self._views is not None else []
        return [self.search, *views, *_within(self._controls)]

    @Slot()
    def _turn(self) -> None:
        self.view_chosen.emit()


def _within(controls: QWidget | None) -> list[QWidget]:
    return [] if controls is None else [controls]
