"""Handing accounts over to an agency and taking them back, from the wish to the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.domain.admission_errors import NoStatusForDebts
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.records import Stage
from statusdesk.gui import formats
from statusdesk.gui.flows.form_deeds import weigh_for
from statusdesk.gui.flows.moves import Moves
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import accounts_text, deed, tr
from statusdesk.services.collections import hand_over, statuses_for_debts

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.gui.dialogs.hand_over import HandOver, HandOverDialog, TakeBack, TakeBackDialog
    from statusdesk.gui.flows.weighing import Weighing


class CollectionsFlow(QObject):
    """Collects in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._moves = Moves(weighing)

    def hand_over(self, selection: Selection, number: int) -> None:
        """Ask to whom so many selected accounts go, and hand them over."""
        from statusdesk.gui.dialogs.hand_over import HandOverDialog

        targets = statuses_for_debts(line.status for line in self._session.live_lines())
        if not targets:
            self._weighing.refuse(NoStatusForDebts(found=tr("none")))
            return
        title = tr("Hand {accounts} over").format(accounts=accounts_text(number))
        agencies = self._session.reader.choices.names(ChoiceList.COLLECTIONS_AGENCY)
        dialog = HandOverDialog(title, targets, agencies, self._session.info.time_zone, self._weighing.window)
        dialog.wished.connect(lambda wish: self._hand_over(dialog, selection, wish))
        dialog.open()

    def _hand_over(self, dialog: HandOverDialog, selection: Selection, wish: HandOver) -> None:
        status = self._session.status(wish.status_id)

        def head(outcome: Outcome) -> CardHead:
            day = tr("Handed over on {day}.").format(day=formats.date(wish.day))
            reason = tr("Reason: {reason}").format(reason=wish.reason) if wish.reason else ""
            said = " ".join(filter(None, (day, reason)))
            icon = status_icon(status.shape, status.colour)
            title = deed(outcome.kind, outcome.facts)
            return CardHead(title, said, icon, tr("Hand over"), customer_note=status.customer_note)

        weigh_for(
            dialog,
            self._weighing,
            lambda desk, dry: hand_over(
                desk, selection, wish.status_id,
                agency=wish.agency, day=wish.day, reason=wish.reason, dry_run=dry,
            ),
            head,
            always=True,
        )  # fmt: skip

    def take_back(self, selection: Selection, number: int) -> None:
        """Ask where so many selected accounts go back to; the card asks once more."""
        from statusdesk.gui.dialogs.hand_over import TakeBackDialog

        statuses = [line.status for line in self._session.live_lines()]
        targets = [status for status in statuses if status.stage is not Stage.DEBT]
        debt = next((status for status in statuses if status.stage is Stage.DEBT), statuses[0])
        active = next(status.id for status in self._session.statuses().values() if status.built_in == "active")
        title = tr("Take {accounts} back").format(accounts=accounts_text(number))
        dialog = TakeBackDialog(title, debt, targets, active, self._weighing.window)
        dialog.wished.connect(lambda wish: self._take_back(dialog, selection, wish))
        dialog.open()

    def _take_back(self, dialog: TakeBackDialog, selection: Selection, wish: TakeBack) -> None:
        dialog.finish()
        self._moves.take_back(selection, wish.status_id, wish.reason)
