"""The only home of message boxes, file dialogs and the colour dialog, so that tests can answer for people."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QColorDialog, QFileDialog, QMessageBox, QWidget

from statusdesk.gui.wording import tr


class Prompts(QObject):
    """Asks people things in windows of their own; never blocks, answers by calling back."""

    _alone: ClassVar[set[QMessageBox]] = set()

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask for a file that exists; `kinds` is Qt's filter text."""
        dialog = self._file_dialog(parent, title, kinds, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def save_file(
        self, parent: QWidget, title: str, kinds: str, suggested: str, then: Callable[[Path], None]
    ) -> None:
        """Ask where to save; asks before an existing file is replaced."""
        dialog = self._file_dialog(parent, title, kinds, then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
        dialog.selectFile(suggested)
        dialog.filterSelected.connect(partial(_follow_kind, dialog))
        dialog.open()

    def _file_dialog(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(parent, title)
        dialog.setObjectName("file_dialog")
        dialog.setNameFilters(kinds.split(";;"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        return dialog

    def pick_colour(
        self,
        parent: QWidget,
        start: str,
        *,
        previewed: Callable[[str], None],
        offered: tuple[str, ...] = (),
    ) -> None:
        """Let people pick a colour; `previewed` hears each one as it is tried, and `start` again on Cancel."""
        dialog = QColorDialog(QColor(start), parent)
        dialog.setObjectName("colour_dialog")
        dialog.setWindowTitle(tr("Colour"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, colour in enumerate(offered[: QColorDialog.customCount()]):
            QColorDialog.setCustomColor(place, QColor(colour))
        dialog.currentColorChanged.connect(lambda colour: previewed(colour.name().upper()))
        dialog.rejected.connect(lambda: previewed(start))
        dialog.open()

    def confirm(self, parent: QWidget, title: str, text: str, deed: str, then: Callable[[], None]) -> None:
        """Ask before something that deserves a second thought; `deed` is the verb on the button."""
        box = self._box(parent, QMessageBox.Icon.Question, title, text)
        accept = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(accept)
        box.setEscapeButton(cancel)
        accept.clicked.connect(then)
        box.open()

    def tell_error(self, parent: QWidget | None, text: str) -> None:
        """Show one sentence about what could not be done, and the way out."""
        box = self._box(parent, QMessageBox.Icon.Warning, tr("StatusDesk"), text)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        """Show something to read."""
        box = self._box(parent, QMessageBox.Icon.NoIcon, title, text)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()

    def show_folder(self, folder: Path) -> None:
        """Show a folder in the desktop's own program for files."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def about_qt(self) -> None:
        """Show Qt's own notice, as its licence asks."""
        QMessageBox.aboutQt(None)

    @classmethod
    def _box(cls, parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        """Return a box; one without a parent is kept here until it is closed, as nobody else does."""
        box = QMessageBox(parent)
        box.setObjectName("message_box")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(icon)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        if parent is None:
            cls._alone.add(box)
            box.finished.connect(lambda _: cls._alone.discard(box))
        return box


def _follow_kind(dialog: QFileDialog, kind: str) -> None:
    """Let the ending of the suggested name follow the kind of file that was picked."""
    found = re.search(r"\*(\.\w+)", kind)
    names = dialog.selectedFiles()
    if found and names:
        dialog.setDefaultSuffix(found[1].lstrip("."))
        dialog.selectFile(Path(names[0]).with_suffix(found[1]).name)
