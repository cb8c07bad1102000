"""Another return for accounts that are away, and where they return to where nobody knows that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.instants import now
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.dialogs.postpone_dialog import PostponeDialog
from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.status_picker import StatusPicker
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.domain.records import Status
    from statusdesk.store.planned import Away


@dataclass(frozen=True, slots=True)
class ReturnWish:
    """When they return (UTC milliseconds), to which status where nobody knows (None: those stay), and why."""

    at: int
    home: int | None
    reason: str


class ExtendDialog(PostponeDialog):
    """`wished` carries a `ReturnWish`; `homes` are the statuses to return to, the likeliest first."""

    def __init__(
        self, away: Sequence[Away], homes: Sequence[Status], zone: str, parent: QWidget | None = None
    ) -> None:
        who = away[0].title if len(away) == 1 else accounts_text(len(away))
        known = {one.return_at for one in away}
        returns = known.pop() if len(known) == 1 else None
        words = FormWords(
            "extend",
            tr("Return of {account}").format(account=who),
            tr("This once. A vacation that comes again every year keeps its days."),
            tr("Set the return"),
        )
        start = returns if returns is not None and returns > now() else None
        super().__init__(words, tr("Returns on"), zone, start, parent)
        self._home: StatusPicker | None = None
        if homes and any(one.plan_id is None for one in away):
            self._home = StatusPicker(homes, "extend_home")
            self.add(tr("Returns to, where its history does not tell"), self._home)

    def wish(self) -> ReturnWish:
        """Return what was chosen."""
        moment = super().wish()
        return ReturnWish(moment.at, self._home.status_id if self._home is not None else None, moment.reason)


class HomeDialog(FormDialog):
    """`wished` carries the id of the status for accounts of which nobody knows where they left from."""

    def __init__(self, accounts: int, homes: Sequence[Status], parent: QWidget | None = None) -> None:
        said = tr("The history does not tell where {accounts} left from, because they came that way.")
        words = FormWords(
            "return",
            tr("Where do they return to?"),
            said.format(accounts=accounts_text(accounts)),
            tr("Return now…"),
        )
        super().__init__(words, action_icon("undo"), parent)
        self._home = StatusPicker(homes, "return_home")
        self.add(tr("Returns to"), self._home)

    def wish(self) -> int:
        """Return the status that was chosen."""
        return self._home.status_id
