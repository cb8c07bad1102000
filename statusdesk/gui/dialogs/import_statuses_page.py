"""What the words of the status column mean, or, without such a column, which status new accounts get."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from statusdesk.domain.records import Status
from statusdesk.gui import formats
from statusdesk.gui.dialogs.import_parts import Box, Page, scrolling
from statusdesk.gui.dialogs.import_status_row import LONGEST_NAME, StatusRow
from statusdesk.gui.models.import_draft import MOST_WORDS, ImportDraft
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

DEFAULT = None
"""Stands for new accounts of a file without a status column, where else a word stands."""


class StatusesPage(Page):
    """Says `choice_made(word or None, Choice | None)`; None instead of a word is about new accounts."""

    choice_made = Signal(object, object)

    def __init__(self, statuses: Sequence[Status]) -> None:
        super().__init__("import_statuses_page", tr("Statuses"), "")
        self._statuses = [status for status in statuses if status.live]
        self._rows: dict[str | None, StatusRow] = {}
        self._shown: object = ()
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)
        self._area = scrolling(self._list, "import_words", tr("Words for statuses"))
        self.column.addWidget(Box(self._area), 1)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show the words, or the question about new accounts, and what is decided about them."""
        shown = (draft.status_column, draft.words is None, *(draft.words or ()))
        if shown != self._shown:
            self._shown = shown
            self._list_words(draft)
        for word, row in self._rows.items():
            choice = draft.default if word is DEFAULT else draft.choices.get(word)
            row.show_choice(choice, guessed=word in draft.guessed_words)

    def _list_words(self, draft: ImportDraft) -> None:
        self._clear()
        if not draft.status_column:
            self.sentence.setText(tr("No column is matched to the status. Choose which one new accounts get."))
            self._add(DEFAULT, tr("New accounts"), "", "")
        elif draft.words is None:
            self.sentence.setText(
                tr("The words in “{column}” are being counted…").format(column=draft.status_column)
            )
        elif len(draft.words) > MOST_WORDS:
            self._say_too_many(draft.status_column, len(draft.words))
        else:
            said = tr("Choose what each word in “{column}” means.").format(column=draft.status_column)
            self.sentence.setText(said)
            self._add_words(draft.words)
        self._column.addStretch(1)

    def _say_too_many(self, column: str, words: int) -> None:
        many = tr("“{column}” has {count} different words: too many for statuses.")
        self.sentence.setText(many.format(column=column, count=formats.count(words)))
        self._column.addWidget(TextLabel(tr("Choose another column for the status."), tone="muted"))

    def _add_words(self, words: Mapping[str, int]) -> None:
        for word, count in words.items():
            rows = tr("1 row") if count == 1 else tr("{count} rows").format(count=formats.count(count))
            self._add(word, word or tr("(empty)"), rows, word[:LONGEST_NAME])

    def _add(self, word: str | None, title: str, count: str, proposed: str) -> None:
        if self._rows:
            self._column.addWidget(Hairline())
        key = str(len(self._rows) + 1) if word is not DEFAULT else "default"
        row = StatusRow(key, title, count, proposed, self._statuses)
        row.chosen.connect(partial(self.choice_made.emit, word))
        self._rows[word] = row
        self._column.addWidget(row)

    def _clear(self) -> None:
        self._rows.clear()
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
