"""Moves that always show their card first, with what activating by mistake would cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from statusdesk.gui import formats
from statusdesk.gui.flows.moves import Moves
from statusdesk.gui.models.card_head import Fact
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.moving import Moving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.changes import Outcome
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.models.card_head import CardHead
    from statusdesk.gui.panes.set_status_row import Wish
    from statusdesk.services.desk import Desk


def mistake(outcome: Outcome, currency: str) -> tuple[Fact, ...]:
    """Say what activating by mistake would cost."""
    found = outcome.consequences
    if found is None or not found.starts_billing:
        return ()
    more = tr("{accounts} billed, {revenue} {currency} a month, peak {before} → {after}").format(
        accounts=accounts_text(found.starts_billing),
        currency=currency,
        revenue=formats.signed_money(found.revenue_change, currency),
        before=formats.count(found.before.peak.accounts),
        after=formats.count(found.after.peak.accounts),
    )
    return (Fact(tr("If activated now"), more, tr("Not so here: nothing is billed yet.")),)


class CardFirst(Moves):
    """Moves accounts with the card in any case, and more facts on it; an install day replaces the one before."""

    def __init__(self, weighing: Weighing, facts: Sequence[Fact]) -> None:
        super().__init__(weighing)
        self._facts = tuple(facts)

    def _do(self, desk: Desk, wish: Wish, dry: bool) -> Outcome:
        day = wish.details.fields.get("install_on")
        if not day or wish.details.return_at is not None:
            return super()._do(desk, wish, dry)
        moving = Moving(
            "reassign", wish.selection, wish.status_id, wish.reason, wish.details, desk.progress,
            instead={"install_on": day},
        )  # fmt: skip
        return moving.carry_out(desk, dry_run=dry)

    def _always(self, _wish: Wish) -> bool:
        return True

    def _head(self, outcome: Outcome, wish: Wish) -> CardHead:
        return replace(super()._head(outcome, wish), facts=self._facts)
