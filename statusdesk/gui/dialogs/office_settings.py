"""The settings of the office: one dialog for all of its groups, saved as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from statusdesk.domain.errors import StatusDeskError
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.texts import Hairline
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.gui.dialogs.settings_group import SettingsGroup


class OfficeSettingsDialog(FormDialog):
    """`wished` carries the settings of all groups by name, as they are kept."""

    def __init__(self, groups: Sequence[SettingsGroup], parent: QWidget | None = None) -> None:
        words = FormWords(
            "office_settings",
            tr("Settings of the office"),
            tr("They hold for everybody who works with this database."),
            tr("Save"),
        )
        super().__init__(words, action_icon("settings"), parent)
        self._groups = tuple(groups)
        for place, group in enumerate(self._groups):
            if place:
                self.form.addWidget(Hairline())
            self.form.addWidget(group)
        self._groups[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> Any:
        """Return what is set; None, with a reminder, where a value cannot be kept."""
        try:
            return {name: text for group in self._groups for name, text in group.texts().items()}
        except StatusDeskError as error:
            self.refuse(error)
            return None
