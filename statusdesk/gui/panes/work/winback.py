"""The worklist of those who left and may come back: whom to speak to, and which reasons people come back from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from statusdesk.domain.instants import day_of, now
from statusdesk.domain.rights import Right
from statusdesk.domain.worklists import Tally, Winback, WinbackView
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, money_cell
from statusdesk.gui.panes.work.accounts_list import AccountsList, day_column, text_column
from statusdesk.gui.panes.work.tallied import tally_columns
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, WorkView
from statusdesk.gui.wording import tr
from statusdesk.services import tallies, worklists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.store.store import Store

_TITLES: Final = {
    WinbackView.DUE: "To contact",
    WinbackView.LATER: "Later",
    WinbackView.COOLING: "Cooling off",
    WinbackView.REASONS: "Reasons",
}
_EMPTY: Final = {
    WinbackView.DUE: "There is nobody to contact now.",
    WinbackView.LATER: "Nobody has a day of contact to come.",
    WinbackView.COOLING: "Nobody left a short while ago.",
    WinbackView.REASONS: "Nobody has left yet.",
}
_PEOPLE: Final = frozenset({WinbackView.DUE.value, WinbackView.LATER.value, WinbackView.COOLING.value})


class WinbackList(AccountsList[Any]):
    """Ended accounts whose status allows winning back, and the return rate of each reason."""

    name: ClassVar[str] = "winback"
    title: ClassVar[str] = "Winback"
    sentence: ClassVar[str] = (
        "People who left and may come back, the largest lost revenue first. Out of coverage never appears."
    )

    def views(self) -> tuple[WorkView, ...]:
        """Return whom to speak to when, and the reasons."""
        return tuple(WorkView(view.value, title) for view, title in _TITLES.items())

    def fetch(self, store: Store, view: str) -> Sequence[Winback | Tally]:
        """Return the accounts, the largest lost charge first, or the reasons."""
        if view == WinbackView.REASONS:
            return tallies.by_reason(store)
        today, cooled = day_of(now(), store.info.time_zone), worklists.cooled_before(store, now())
        return [each for each in worklists.winbacks(store) if each.view(today, cooled) == view]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many each view of accounts has."""
        return {view.value: count for view, count in worklists.winback_counts(store, now()).items()}

    def key(self, row: Winback | Tally) -> object:
        """Return the account's id, or the reason."""
        return row.name if isinstance(row, Tally) else row.account_id

    def account_ids(self, row: Winback | Tally) -> Sequence[int]:
        """Return the account, or those that are still gone for the reason."""
        return row.account_ids if isinstance(row, Tally) else (row.account_id,)

    def words(self, row: Winback | Tally) -> str:
        """Return number, name, city and reason."""
        return (
            row.name if isinstance(row, Tally) else f"{row.number} {row.name} {row.city} {row.phone} {row.reason}"
        )

    def said(self, row: Winback | Tally) -> str:
        """Say whose it is and why they left, or how often people come back from a reason."""
        if isinstance(row, Tally):
            said = tr("{won} of {cases} came back").format(
                won=formats.count(row.won), cases=formats.count(row.cases)
            )
            return f"{row.name or tr('No reason given')} · {said}"
        return " · ".join(filter(None, (row.name, row.phone, row.reason)))

    def empty(self, view: str) -> str:
        """Say that there is nobody."""
        return tr(_EMPTY[WinbackView(view)])

    def note(self, view: str, rows: Sequence[Winback | Tally]) -> str:
        """Say what the accounts of a view were charged together, or how returns are counted."""
        if view == WinbackView.REASONS:
            return tr("Counted from the history: what was undone never happened.")
        currency = self.session.info.currency
        lost = sum(row.lost or 0 for row in rows if isinstance(row, Winback))
        said = tr("Lost revenue: {money} {currency} a month")
        return said.format(money=formats.money(lost, currency), currency=currency) if rows else ""

    def columns(self, view: str) -> tuple[WorkColumn[Any], ...]:
        """Return what was lost with whom since when and why, or what came of each reason."""
        return self._reasons() if view == WinbackView.REASONS else self._people()

    def _reasons(self) -> tuple[WorkColumn[Any], ...]:
        return tally_columns(
            tr("Reason"), tr("No reason given"), tr("Ended"), tr("Came back"), tr("Return rate"),
            tr("Days until then"), tr("Still gone"),
        )  # fmt: skip

    def _people(self) -> tuple[WorkColumn[Any], ...]:
        currency = self.session.info.currency
        today = day_of(now(), self.session.info.time_zone)

        def lost(each: Winback) -> Cell:
            return Cell(formats.NOTHING, -1, "") if each.lost is None else money_cell(each.lost, currency)

        return (
            WorkColumn(TableColumn(tr("Lost a month")), lost, lambda each: each.lost or -1),
            text_column(tr("Number"), lambda each: each.number),
            text_column(tr("Name"), lambda each: each.name, stretches=True),
            text_column(tr("Phone"), lambda each: each.phone),
            self.status_column(lambda each: each.status_id),
            self.since_column(tr("Ended"), lambda each: each.ended_at, yields=2),
            text_column(tr("Reason"), lambda each: each.reason, stretches=True, yields=1),
            day_column(
                tr("Next contact"),
                lambda each: each.next_contact_on,
                lambda each: "planned" if each.next_contact_on > today else "loss",
            ),
        )

    def actions(self) -> tuple[WorkAction[Any], ...]:
        """Return what can be done about accounts."""
        return (
            WorkAction(
                "reason", "Fill in reason…", "R",
                lambda rows: self.flow.fill_in_reason(self.selection(rows)), views=_PEOPLE,
            ),
            WorkAction("contact", "Set contact…", "C", self._contact, views=_PEOPLE),
            WorkAction(
                "bring_back", "Bring back…", "B",
                lambda rows: self.flow.bring_back(self.selection(rows)), primary=True, views=_PEOPLE,
                right=Right.MOVE,
            ),
        )  # fmt: skip

    def _contact(self, rows: Sequence[Winback | Tally]) -> None:
        days = {row.next_contact_on for row in rows if isinstance(row, Winback)}
        day = days.pop() if len(days) == 1 else ""
        self.flow.set_day(self.selection(rows), "next_contact_on", day, without=tr("No day of contact"))
