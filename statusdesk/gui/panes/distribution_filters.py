"""Which accounts the distribution is about, and by what it is split."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.gui import formats
from statusdesk.gui.models.distribution_words import ALL_VALUES, SEVERAL, value_name
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

Values = tuple[str, ...]
Ask = Callable[[Dimension, Callable[[Values], None]], None]


class DistributionFilters(QWidget):
    """Says `changed` when people chose other accounts or another split.

    `ask` is called with a field and with what to call with its values, when they are needed first.
    """

    changed = Signal()

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("distribution_filters")
        self.setAccessibleName(tr("Which accounts"))
        self.buttons = [_FilterButton(dimension, ask) for dimension in Dimension]
        self.split_field = QComboBox()
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in self.buttons:
            button.changed.connect(self.changed)
            row.addWidget(button)
        row.addSpacing(8)
        label = TextLabel(tr("Split by"), Type.LABEL, "muted")
        label.setBuddy(self.split_field)
        row.addWidget(label)
        self.split_field.setObjectName("distribution_split")
        self.split_field.setAccessibleName(tr("Split by"))
        self.split_field.view().setObjectName("distribution_split_list")
        self.split_field.view().setAccessibleName(tr("Split by"))
        self.split_field.addItem(tr("Status only"), None)
        for dimension in Dimension:
            self.split_field.addItem(tr(dimension.label), dimension.value)
        self.split_field.activated.connect(lambda _: self.changed.emit())
        row.addWidget(self.split_field)

    @property
    def scope(self) -> Scope:
        """Which accounts people want to see."""
        return Scope(*(button.chosen for button in self.buttons))

    @property
    def split(self) -> Dimension | None:
        """By what the accounts are split."""
        value = self.split_field.currentData()
        return None if value is None else Dimension(value)

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return [*self.buttons, self.split_field]

    def clear(self) -> None:
        """Show all accounts again."""
        for button in self.buttons:
            button.choose(None)
        self.changed.emit()

    def forget_values(self) -> None:
        """Ask for the values anew when they are needed next."""
        for button in self.buttons:
            button.known = None


class _StayingMenu(QMenu):
    """Stays open while people tick several entries."""

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """Tick what was clicked."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Tick with Space; Enter ticks and closes."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class _FilterButton(QPushButton):
    """Offers the values of one field; none chosen are all of them."""

    changed = Signal()

    def __init__(self, dimension: Dimension, ask: Ask) -> None:
        super().__init__()
        self._dimension = dimension
        self._ask = ask
        self.chosen: frozenset[str] | None = None
        self.known: Values | None = None
        self.setObjectName(f"filter_{dimension.value}")
        self._menu = _StayingMenu(self)
        self._menu.setObjectName(f"filter_{dimension.value}_menu")
        self._menu.setAccessibleName(tr(dimension.label))
        self._menu.aboutToShow.connect(self._open)
        self.setMenu(self._menu)
        self._say()

    def choose(self, values: frozenset[str] | None) -> None:
        """Take these values; says nothing."""
        self.chosen = values or None
        self._say()

    def _say(self) -> None:
        if self.chosen is None:
            text = tr(ALL_VALUES[self._dimension])
        elif len(self.chosen) == 1:
            text = value_name(self._dimension, next(iter(self.chosen)))
        else:
            text = tr(SEVERAL[self._dimension]).format(count=formats.count(len(self.chosen)))
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{tr(self._dimension.label)}: {text}")

    def _open(self) -> None:
        self._fill()
        if self.known is None:
            self._ask(self._dimension, self._take)

    def _take(self, values: Values) -> None:
        self.known = values
        self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        whole = self._menu.addAction(tr(ALL_VALUES[self._dimension]))
        whole.setCheckable(True)
        whole.setChecked(self.chosen is None)
        whole.triggered.connect(partial(self._pick, None))
        self._menu.addSeparator()
        if self.known is None:
            self._menu.addAction(tr("Looking…")).setEnabled(False)
            return
        for value in (*self.known, *sorted((self.chosen or frozenset()).difference(self.known))):
            action = self._menu.addAction(value_name(self._dimension, value).replace("&", "&&"))
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(self.chosen is not None and value in self.chosen)
            action.triggered.connect(partial(self._pick, value))

    def _pick(self, value: str | None, _checked: bool = False) -> None:
        self.choose(None if value is None else (self.chosen or frozenset()) ^ {value})
        for action in self._menu.actions():
            if action.isCheckable():
                chosen = self.chosen or frozenset()
                on = action.data() in chosen if action.data() is not None else self.chosen is None
                action.setChecked(on)
        self.changed.emit()

    def event(self, event: QEvent, /) -> bool:
        """Open the menu with the arrow down and with Enter, as a combo box does."""
        opens = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in opens:
            self.showMenu()
            return True
        return super().event(event)
