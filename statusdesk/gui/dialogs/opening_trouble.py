"""What to do about a database that cannot be opened: go back to a good backup, or see what can be read."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.dialogs.restore_backup import put_backups
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.widgets.two_lines import TwoLineList
from statusdesk.gui.wording import tr
from statusdesk.services.opening import default_time_zone
from statusdesk.store import backups
from statusdesk.store.backups import Backup

WIDTH: Final = 600


class OpeningTrouble(FramedDialog):
    """`restore_wished(Path)` goes back to a backup, `look_wished` shows what can be read; it stays open meanwhile.

    Backups are offered once `judge` has said that they are sound.
    """

    restore_wished = Signal(object)
    look_wished = Signal()

    def __init__(
        self, title: str, sentence: str, known: list[Backup], *, readable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("opening_trouble", tr("StatusDesk"), parent)
        self._sound: set[Path] = set()
        self._preferred = backups.preferred(known)
        self._backups = TwoLineList("trouble_backups", tr("Backups"))
        self._look = QPushButton(tr("See what can be read"))
        self._look.setObjectName("trouble_look")
        self._look.setAutoDefault(False)
        self._look.setVisible(readable)
        self._foot = DialogFoot(
            "", tr("Restore this backup"), accept_name="trouble_restore", cancel_name="trouble_close"
        )
        self._foot.cancel_button.setText(tr("Close"))
        self._arrange(title, sentence, offers=bool(known))
        put_backups(self._backups, known, default_time_zone())
        for row in range(self._backups.count()):
            item = self._backups.item(row)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        self._look.clicked.connect(self.look_wished)
        self._backups.currentRowChanged.connect(self._follow)
        self._foot.accept_button.clicked.connect(self._restore)
        self._foot.cancel_button.clicked.connect(self.reject)
        self._foot.accept_button.setVisible(bool(known))
        self._follow()

    def _arrange(self, title: str, sentence: str, *, offers: bool) -> None:
        sign = QLabel()
        sign.setPixmap(action_icon("warning").pixmap(32))
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(8)
        body.addLayout(heading(title, sentence, sign=sign, name="trouble"))
        body.addSpacing(8)
        if offers:
            body.addWidget(TextLabel(tr("Its backups"), Type.HEADING))
            self._backups.setFixedHeight(196)
            body.addWidget(self._backups)
        else:
            self._backups.setParent(self)
            self._backups.hide()
        body.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeading)
        self.stack(body, foot=self._foot, width=WIDTH)

    def judge(self, path: Path, *, sound: bool) -> None:
        """Say what checking a backup found; the newest sound one is chosen."""
        for row in range(self._backups.count()):
            item = self._backups.item(row)
            if item.data(Qt.ItemDataRole.UserRole) != path:
                continue
            said = tr("checked, whole") if sound else tr("damaged as well")
            self._backups.tell_below(item, f"{item.data(Qt.ItemDataRole.UserRole + 1)} · {said}")
            if sound:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEnabled)
                if not self._sound or (self._preferred is not None and path == self._preferred.path):
                    self._backups.setCurrentRow(row)
                self._sound.add(path)
        self._follow()

    def tell(self, text: str, *, problem: bool = False) -> None:
        """Say how it stands, at the foot."""
        self._foot.set_note(text, "loss" if problem else "muted")

    def set_busy(self, *, busy: bool) -> None:
        """Take no wishes while one is being fulfilled."""
        self._look.setEnabled(not busy)
        self._backups.setEnabled(not busy)
        self._foot.accept_button.setEnabled(not busy and self._chosen() is not None)

    def _chosen(self) -> Path | None:
        item = self._backups.currentItem()
        path = None if item is None else Path(item.data(Qt.ItemDataRole.UserRole))
        return path if path in self._sound else None

    @Slot()
    def _follow(self) -> None:
        self._foot.accept_button.setEnabled(self._chosen() is not None)

    @Slot()
    def _restore(self) -> None:
        path = self._chosen()
        if path is not None:
            self.restore_wished.emit(path)
