"""The settings of the office for ending and installing: which statuses, whether a reason, how long to wait."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QSpinBox

from statusdesk.domain import office
from statusdesk.domain.office import LONGEST_COOLING_OFF, OfficeSettings
from statusdesk.gui.dialogs.settings_group import SettingsGroup
from statusdesk.gui.icons import status_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.form_parts import field_group
from statusdesk.gui.widgets.status_picker import CalmComboBox, StatusPicker
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.domain.records import Status


class EndingGroup(SettingsGroup):
    """Disconnecting and winning back."""

    def __init__(self, settings: OfficeSettings, statuses: Sequence[Status]) -> None:
        super().__init__(tr("Ending"))
        self._settings = settings
        fit = [status for status in statuses if office.may_end_in(status)]
        self._status = StatusPicker(fit, "settings_disconnect_status")
        self._status.choose(settings.disconnect_status)
        self._status.box.setAccessibleName(tr("Disconnected accounts become"))
        self._reason = QCheckBox(tr("A reason is needed to disconnect"))
        self._reason.setObjectName("settings_reason_needed")
        self._reason.setChecked(settings.reason_needed)
        self._cooling = QSpinBox()
        self._cooling.setObjectName("settings_cooling_off")
        self._cooling.setAccessibleName(tr("Cooling-off days"))
        self._cooling.setRange(0, LONGEST_COOLING_OFF)
        self._cooling.setSuffix(tr(" days"))
        self._cooling.setValue(settings.cooling_off)
        self._cooling.setFixedWidth(120)
        self.column.addLayout(field_group(tr("Disconnected accounts become"), self._status))
        self.setFocusProxy(self._status)
        self.column.addWidget(self._reason)
        self.column.addLayout(field_group(tr("Wait before winning people back"), self._cooling))

    def texts(self) -> Mapping[str, str]:
        """Return what is chosen for ending."""
        chosen = replace(
            self._settings,
            disconnect_status=self._status.status_id,
            reason_needed=self._reason.isChecked(),
            cooling_off=self._cooling.value(),
        )
        return office.ending_texts(chosen)


class InstallsGroup(SettingsGroup):
    """What becomes of accounts whose installation is done, or failed."""

    def __init__(self, settings: OfficeSettings, statuses: Sequence[Status]) -> None:
        super().__init__(tr("Installs"))
        self._settings = settings
        self._installed = StatusPicker(
            [status for status in statuses if office.may_be_installed_in(status)], "settings_installed_status"
        )
        self._installed.choose(settings.installed_status)
        self._installed.box.setAccessibleName(tr("After an installation"))
        self._failed = CalmComboBox()
        self._failed.setObjectName("settings_failed_status")
        self._failed.setAccessibleName(tr("After a failed installation"))
        self._failed.view().setObjectName("settings_failed_status_list")
        self._failed.view().setAccessibleName(tr("Status"))
        self._failed.addItem(tr("Stay in their status"), None)
        for status in filter(office.may_fail_in, statuses):
            self._failed.addItem(status_icon(status.shape, status.colour), status.name, status.id)
        self._failed.setCurrentIndex(max(0, self._failed.findData(settings.failed_status)))
        self.column.addLayout(field_group(tr("After an installation"), self._installed))
        self.setFocusProxy(self._installed)
        self.column.addLayout(field_group(tr("After a failed installation"), self._failed))

    def texts(self) -> Mapping[str, str]:
        """Return what is chosen for installs."""
        chosen = replace(
            self._settings, installed_status=self._installed.status_id, failed_status=self._failed.currentData()
        )
        return office.installs_texts(chosen)


class UnpaidGroup(SettingsGroup):
    """The way to the rule for those who do not pay, which has a form of its own; `rule` opens it."""

    def __init__(self) -> None:
        super().__init__(tr("Not paying"))
        self.rule = QPushButton(tr("Rule…"))
        self.rule.setObjectName("settings_unpaid_rule")
        self.rule.setAccessibleDescription(tr("Rule for those who do not pay"))
        self.rule.setAutoDefault(False)
        said = tr("What becomes of accounts after so many days without payment, and when they come back.")
        self.column.addWidget(TextLabel(said, Type.LABEL, "muted", wrap=True))
        self.column.addWidget(self.rule, 0, Qt.AlignmentFlag.AlignLeading)

    def texts(self) -> Mapping[str, str]:
        """Return nothing: the rule is kept by its own form."""
        return {}
