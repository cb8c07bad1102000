"""What stands below the status table: the one status in question, or the sums of those selected."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.records import Stage, Status
from statusdesk.gui import formats
from statusdesk.gui.models.status_rows import StatusRow
from statusdesk.gui.panes.status_actions import StatusActions
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.flow_row import FlowRow
from statusdesk.gui.widgets.status_sign import StatusSign
from statusdesk.gui.widgets.texts import ShortLabel, TextLabel
from statusdesk.gui.wording import accounts_text, effect, stage_name, tr

_BUTTONS: Final = ("edit", "merge", "retire", "bring_back", "delete")
_NAME_LEAST: Final = 120


class StatusSummary(QWidget):
    """Icon, name, stage and effect; the description; and buttons for what people do most."""

    def __init__(self, actions: StatusActions, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_summary")
        self.setAccessibleName(self.tr("About the status"))
        self._currency = currency
        self._icon = StatusSign()
        self._name = ShortLabel(use=Type.STRONG, least=_NAME_LEAST)
        self._name.setObjectName("summary_name")
        self._facts = ShortLabel(use=Type.LABEL, tone="muted")
        self._facts.setObjectName("summary_facts")
        self._text = TextLabel(tone="muted", wrap=True)
        self._text.setObjectName("summary_text")
        self._deeds = FlowRow([_ActionButton(actions[name]) for name in _BUTTONS])
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._name)
        head.addWidget(self._facts)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self._text)
        column.addSpacing(12)
        column.addWidget(self._deeds)
        kept = self._deeds.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._deeds.setSizePolicy(kept)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._text.setMinimumHeight(2 * self._text.fontMetrics().lineSpacing() + 2)

    def show_status(self, row: StatusRow) -> None:
        """Show one status."""
        self._deeds.show()
        status = row.line.status
        self._show_icon(status)
        advice = tr("No description yet. Edit it to say when to use this status.")
        self._say(status.name, " · ".join(_facts(status)), status.description or advice)

    def show_sums(self, rows: Sequence[StatusRow]) -> None:
        """Show what several statuses come to; the buttons would not say which of them they are for."""
        self._deeds.hide()
        self._show_icon(None)
        accounts = sum(row.line.accounts for row in rows)
        charge = sum(row.line.charge for row in rows)
        sums = (
            accounts_text(accounts),
            formats.percent(sum(row.share for row in rows)),
            f"{formats.money(charge, self._currency)} {self._currency}",
        )
        title = tr("{count} statuses").format(count=formats.count(len(rows)))
        self._say(title, " · ".join(sums), ", ".join(row.line.status.name for row in rows))

    def show_advice(self) -> None:
        """Say what to do, while no status is in question."""
        self._deeds.hide()
        self._show_icon(None)
        self._say("", "", tr("Select statuses to see their accounts. Esc shows all accounts again."))

    def _say(self, name: str, facts: str, text: str) -> None:
        self._name.setVisible(bool(name))
        self._name.setText(name)
        self._facts.setText(facts)
        self._text.setText(text)
        self.setAccessibleDescription(" ".join(filter(None, (name, facts, text))))

    def _show_icon(self, status: Status | None) -> None:
        self._icon.setVisible(status is not None)
        if status is not None:
            self._icon.set_look(status.shape, status.colour)


def _facts(status: Status) -> list[str]:
    facts = [stage_name(status.stage), effect(status)[:1].lower() + effect(status)[1:]]
    if status.stage is Stage.ENDED:
        facts.append(tr("may be won back") if status.winback else tr("not to be won back"))
    if status.retired:
        facts.append(tr("retired"))
    return facts


class _ActionButton(QPushButton):
    """A push button that is one action: its text, whether it works, whether it is there."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.setObjectName(f"summary_{action.objectName().removeprefix('status_')}")
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setToolTip(self._action.toolTip() if not self._action.isEnabled() else "")
        self.setEnabled(self._action.isEnabled())
        self.setHidden(not self._action.isVisible())
