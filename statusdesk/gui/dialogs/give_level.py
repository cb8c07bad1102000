"""Asks which level one or more statuses give to their current or to their delinquent accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.levels import PLAN
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.status_picker import CalmComboBox
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.domain.levels import Grid
    from statusdesk.domain.records import Status


class GiveLevelDialog(FormDialog):
    """`wished` carries a cell of the grid: a level's id, `PLAN`, or “” for none."""

    def __init__(
        self, statuses: Sequence[Status], grid: Grid, *, delinquent: bool, parent: QWidget | None = None
    ) -> None:
        self._names = ", ".join(status.name for status in statuses[:3]) + ("…" if len(statuses) > 3 else "")
        who = tr("delinquent accounts") if delinquent else tr("accounts")
        title = tr("What {who} in {statuses} get").format(who=who, statuses=self._names)
        words = FormWords("give_level", title, _EXPLAINED[delinquent](), tr("Apply"))
        super().__init__(words, action_icon("network"), parent)
        self._box = CalmComboBox()
        self._box.setObjectName("give_level_box")
        self._box.view().setObjectName("give_level_box_list")
        self._box.setAccessibleName(tr("Service level"))
        self._box.addItem(tr("As current accounts") if delinquent else tr("Not set"), "")
        self._box.addItem(tr("The account's plan"), PLAN)
        for level in grid.levels:
            self._box.addItem(level.name, str(level.id))
        values = {status.level_delinquent if delinquent else status.level_current for status in statuses}
        if len(values) == 1:
            self._box.setCurrentIndex(max(0, self._box.findData(values.pop())))
        self.add(tr("Service level"), self._box)

    def wish(self) -> str:
        """Return the cell that was chosen."""
        return str(self._box.currentData())

    def deed(self) -> str:
        """Say what is done, as the title of its card."""
        return tr("Give {level} to {statuses}").format(level=self._box.currentText(), statuses=self._names)


_EXPLAINED = {
    False: lambda: tr(
        "“The account's plan” is the level that the account itself names. Where nothing is set, activating"
        " statuses give the plan, the others the first level that refuses."
    ),
    True: lambda: tr("Who owes may get another level, such as a walled garden, until it is paid."),
}
