"""Which backup to go back to, and before anything happens what would be taken away by that."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from statusdesk.gui import formats
from statusdesk.gui.dialogs.framed import FramedDialog
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.widgets.two_lines import TwoLineList
from statusdesk.gui.wording import accounts_text, fact, tr
from statusdesk.services.restoring import Preview
from statusdesk.store.backups import Backup, Occasion

WIDTH: Final = 848
HEIGHT: Final = 560
"""Size of the dialog in logical pixels."""

_SIDE: Final = 296


def occasion_text(occasion: Occasion) -> str:
    """Say what a backup was made for."""
    return {
        Occasion.DAILY: tr("Daily"),
        Occasion.UPDATE: tr("Before an update"),
        Occasion.RESTORE: tr("Before restoring"),
        Occasion.DAMAGED: tr("What was left of a damaged file"),
    }[occasion]


def put_backups(rows: TwoLineList, known: list[Backup], zone: str) -> None:
    """Fill a list with backups, as times of the zone."""
    for backup in known:
        size = formats.locale().formattedDataSize(backup.size)
        rows.put(formats.moment(backup.at, zone), f"{occasion_text(backup.occasion)} · {size}", backup.path)


class RestoreBackup(FramedDialog):
    """`looked_at(Path)` asks for a preview of a backup, `chosen(Preview)` goes back to it.

    `other_wished` asks for a file. The dialog stays open while the card is shown; whoever restores closes it.
    """

    looked_at = Signal(object)
    chosen = Signal(object)
    other_wished = Signal()

    def __init__(self, known: list[Backup], zone: str, parent: QWidget | None = None) -> None:
        super().__init__("restore_backup", tr("Restore a backup"), parent)
        self._zone = zone
        self._preview: Preview | None = None
        self._backups = TwoLineList("restore_backups", tr("Backups"))
        self._other = LinkButton(tr("Another file…"))
        self._other.setObjectName("restore_other")
        self._title = TextLabel(use=Type.PANE_HEAD, wrap=True)
        self._title.setObjectName("restore_title")
        self._lost = TextLabel(tone="muted", wrap=True)
        self._lost.setObjectName("restore_lost")
        self._changes = TwoLineList("restore_changes", tr("Changes that would be taken away"), choosable=False)
        self._foot = DialogFoot("", tr("Restore…"), accept_name="restore_accept", cancel_name="restore_cancel")
        self._arrange()
        self._wire()
        put_backups(self._backups, known, zone)
        if known:
            self._backups.setCurrentRow(0)
        else:
            self._lost.setText(tr("There are no backups yet. Choose a file that is one."))
        self._backups.setFocus()

    def _arrange(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(TextLabel(tr("Backups"), Type.HEADING))
        side.addWidget(self._backups, 1)
        side.addWidget(self._other)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._title)
        right.addWidget(self._lost)
        right.addSpacing(8)
        right.addWidget(self._changes, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(side)
        columns.addLayout(right, 1)
        self._backups.setFixedWidth(_SIDE)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 24)
        body.setSpacing(16)
        body.addWidget(TextLabel(tr("Restore a backup"), Type.DIALOG_TITLE))
        body.addLayout(columns, 1)
        self.stack(body, foot=self._foot)
        self.resize(WIDTH, HEIGHT)

    def _wire(self) -> None:
        self._foot.accept_button.setEnabled(False)
        self._foot.accept_button.setDefault(True)
        self._foot.cancel_button.setAutoDefault(False)
        self._foot.accept_button.clicked.connect(self._choose)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._other.clicked.connect(self.other_wished)
        self._backups.currentRowChanged.connect(self._look)

    @property
    def path(self) -> Path | None:
        """The backup that is looked at."""
        item = self._backups.currentItem()
        return None if item is None else Path(item.data(Qt.ItemDataRole.UserRole))

    def add_file(self, path: Path) -> None:
        """Look at a file that people have chosen."""
        item = self._backups.put(path.name, str(path.parent), path)
        self._backups.setCurrentItem(item)

    @Slot()
    def _look(self) -> None:
        self._preview = None
        self._foot.accept_button.setEnabled(False)
        self._foot.set_note("")
        self._changes.clear()
        item = self._backups.currentItem()
        self._title.setText("" if item is None else item.text())
        self._lost.setText(tr("Comparing with the database as it is now…"))
        if self.path is not None:
            self.looked_at.emit(self.path)

    def show_preview(self, preview: Preview) -> None:
        """Show what going back would take away."""
        if preview.backup != self.path:
            return
        self._preview = preview
        self._title.setText(tr("Back to {moment}").format(moment=self._moment(preview.at)))
        newest = tr("Its last change is of {moment}.").format(moment=self._moment(preview.newest.recorded_at))
        self._lost.setText(f"{newest} {lost_text(preview)}")
        for change in preview.change_sets:
            who = tr("{author}, {moment}").format(author=change.author, moment=self._moment(change.recorded_at))
            self._changes.put(
                fact(change.kind, change.facts), f"{who} · {change.reason}" if change.reason else who
            )
        same = not preview.lost.change_sets and not preview.regained.change_sets
        self._foot.accept_button.setEnabled(not same)
        self._foot.set_note("" if same else tr("The database as it is now is kept among the backups."))

    def show_problem(self, path: Path, sentence: str) -> None:
        """Say why a backup cannot be gone back to."""
        if path == self.path:
            self._lost.setText("")
            self._foot.set_note(sentence, "loss")

    @Slot()
    def _choose(self) -> None:
        if self._preview is not None:
            self.chosen.emit(self._preview)

    def _moment(self, instant: int) -> str:
        return formats.moment(instant, self._zone)


def lost_text(preview: Preview) -> str:
    """Say how much going back takes away, and brings back."""
    parts = [tr("Nothing was changed since then.")]
    if preview.lost.change_sets:
        parts = [tr("{lost} would be taken away.").format(lost=lost_facts(preview))]
    if preview.regained.change_sets:
        said = tr("{changes} that an earlier restoring took away would come back.")
        parts.append(said.format(changes=changes_text(preview.regained.change_sets)))
    return " ".join(parts)


def lost_facts(preview: Preview) -> str:
    """Say in short what was changed since the backup."""
    lost = preview.lost
    changes = changes_text(lost.change_sets)
    if not lost.accounts:
        return tr("{changes} since then").format(changes=changes)
    accounts = accounts_text(lost.accounts)
    return tr("{changes} to {accounts} since then").format(changes=changes, accounts=accounts)


def changes_text(number: int) -> str:
    """Say a number of changes with its noun."""
    return tr("1 change") if number == 1 else tr("{count} changes").format(count=formats.count(number))
