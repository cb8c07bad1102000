"""Service levels as people shape them: the editor, which status gives which, the card, the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.gui.flows.form_deeds import weigh_for
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services import level_verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.levels import LevelFields, ServiceLevel
    from statusdesk.domain.records import Status
    from statusdesk.gui.flows.weighing import Weighing


class NetworkFlow(QObject):
    """Does in one window what its page of the network wishes about levels."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def make_usual(self) -> None:
        """Make the levels that most offices begin with."""
        self._weighing.do(lambda desk, _: level_verbs.make_usual(desk))

    def create_level(self) -> None:
        """Let people say what a new level is."""
        self._edit(None)

    def edit_level(self, level: ServiceLevel) -> None:
        """Let people change a level."""
        self._edit(level)

    def _edit(self, level: ServiceLevel | None) -> None:
        from statusdesk.gui.dialogs.level_editor import LevelEditor

        editor = LevelEditor(level, self._weighing.window)

        def submit(fields: LevelFields) -> None:
            weigh_for(
                editor,
                self._weighing,
                lambda desk, dry: level_verbs.put(desk, level.id if level else None, fields, dry_run=dry),
                lambda outcome: _head(tr("Change what accounts get"), outcome),
            )

        editor.wished.connect(submit)
        editor.open()

    def place(self, level: ServiceLevel, by: int) -> None:
        """Move a level up (−1) or down (1) in the list."""
        order = [each.id for each in self._session.reader.levels.grid().levels]
        index = order.index(level.id) + by
        if 0 <= index < len(order):
            self._weighing.weigh(
                lambda desk, dry: level_verbs.place(desk, level.id, index, dry_run=dry),
                lambda outcome: _head(tr("Move {name} in the list").format(name=level.name), outcome),
            )

    def delete_level(self, level: ServiceLevel) -> None:
        """Delete a level; one that is in use says who uses it."""
        self._weighing.do(lambda desk, _: level_verbs.delete(desk, level.id))

    def set_cells(self, statuses: Sequence[Status], *, delinquent: bool) -> None:
        """Let people say which level statuses give."""
        from statusdesk.gui.dialogs.give_level import GiveLevelDialog

        grid = self._session.reader.levels.grid()
        dialog = GiveLevelDialog(statuses, grid, delinquent=delinquent, parent=self._weighing.window)
        ids = [status.id for status in statuses]

        def submit(value: str) -> None:
            weigh_for(
                dialog,
                self._weighing,
                lambda desk, dry: level_verbs.set_cells(
                    desk, ids, delinquent=delinquent, value=value, dry_run=dry
                ),
                lambda outcome: _head(dialog.deed(), outcome),
            )

        dialog.wished.connect(submit)
        dialog.open()


def _head(title: str, outcome: Outcome) -> CardHead:
    found = outcome.consequences
    count = sum(flow.accounts for flow in found.levels) if found else 0
    subtitle = tr("{accounts} get another service level").format(accounts=accounts_text(count))
    return CardHead(title, subtitle, action_icon("network"), tr("Apply"))
