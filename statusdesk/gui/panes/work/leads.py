"""The worklist of leads: whom nobody has spoken to yet, whom somebody has, and what came of each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from statusdesk.domain.rights import Right
from statusdesk.domain.worklists import Lead, LeadView, Tally
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import TableColumn, money_cell
from statusdesk.gui.panes.work.accounts_list import AccountsList, day_column, text_column
from statusdesk.gui.panes.work.tallied import tally_columns
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, WorkView
from statusdesk.gui.wording import tr
from statusdesk.services import tallies, worklists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.store.store import Store

_TITLES: Final = {LeadView.NEW: "New", LeadView.CONTACTED: "Contacted", LeadView.SOURCES: "Sources"}
_EMPTY: Final = {
    LeadView.NEW: "Somebody has spoken to every lead.",
    LeadView.CONTACTED: "Nobody has spoken to a lead yet.",
    LeadView.SOURCES: "There was no lead yet.",
}
_PEOPLE: Final = frozenset({LeadView.NEW.value, LeadView.CONTACTED.value})


class LeadsList(AccountsList[Any]):
    """Accounts of the stage Prospect, and the conversion rate of each source."""

    name: ClassVar[str] = "leads"
    title: ClassVar[str] = "Leads"
    sentence: ClassVar[str] = "People who might become customers. Speak to them, and convert those who want to be."

    def views(self) -> tuple[WorkView, ...]:
        """Return who was spoken to, and the sources."""
        return tuple(WorkView(view.value, title) for view, title in _TITLES.items())

    def fetch(self, store: Store, view: str) -> Sequence[Lead | Tally]:
        """Return the leads, the newest first, or the sources."""
        if view == LeadView.SOURCES:
            return tallies.by_source(store)
        return [each for each in worklists.leads(store) if each.view == view]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many leads each view has."""
        return dict(zip((LeadView.NEW.value, LeadView.CONTACTED.value), worklists.lead_counts(store), strict=True))

    def key(self, row: Lead | Tally) -> object:
        """Return the account's id, or the source."""
        return row.name if isinstance(row, Tally) else row.account_id

    def account_ids(self, row: Lead | Tally) -> Sequence[int]:
        """Return the account, or the open leads of the source."""
        return row.account_ids if isinstance(row, Tally) else (row.account_id,)

    def words(self, row: Lead | Tally) -> str:
        """Return number, name, city and source."""
        return (
            row.name if isinstance(row, Tally) else f"{row.number} {row.name} {row.city} {row.phone} {row.source}"
        )

    def said(self, row: Lead | Tally) -> str:
        """Say whose it is and how to reach them, or what came of a source."""
        if isinstance(row, Tally):
            said = tr("{won} of {cases} converted").format(
                won=formats.count(row.won), cases=formats.count(row.cases)
            )
            return f"{row.name or tr('No source given')} · {said}"
        return " · ".join(filter(None, (row.name, row.phone, row.source)))

    def empty(self, view: str) -> str:
        """Say that there is nobody."""
        return tr(_EMPTY[LeadView(view)])

    def note(self, view: str, rows: Sequence[Lead | Tally]) -> str:
        """Say when a lead counts as converted."""
        if view != LeadView.SOURCES or not rows:
            return ""
        return tr("Converted: went on to Onboarding or to a status that activates. Counted from the history.")

    def columns(self, view: str) -> tuple[WorkColumn[Any], ...]:
        """Return who came when from where, or what came of each source."""
        return self._sources() if view == LeadView.SOURCES else self._people()

    def _sources(self) -> tuple[WorkColumn[Any], ...]:
        return tally_columns(
            tr("Source"), tr("No source given"), tr("Leads"), tr("Converted"), tr("Conversion rate"),
            tr("Days until then"), tr("Open"),
        )  # fmt: skip

    def _people(self) -> tuple[WorkColumn[Any], ...]:
        currency = self.session.info.currency
        charge = TableColumn(tr("Monthly charge"), yields=3)
        return (
            self.since_column(tr("Lead since"), lambda each: each.since),
            text_column(tr("Number"), lambda each: each.number),
            text_column(tr("Name"), lambda each: each.name, stretches=True),
            text_column(tr("City"), lambda each: each.city, stretches=True, yields=2),
            text_column(tr("Phone"), lambda each: each.phone),
            text_column(tr("Source"), lambda each: each.source, stretches=True),
            day_column(tr("First contact"), lambda each: each.first_contact_on),
            WorkColumn(charge, lambda each: money_cell(each.charge, currency)),
        )

    def actions(self) -> tuple[WorkAction[Any], ...]:
        """Return what can be done about leads."""
        return (
            WorkAction("contacted", "First contact…", "C", self._contact, views=_PEOPLE),
            WorkAction(
                "convert", "Convert…", "V",
                lambda rows: self.flow.convert(self.selection(rows)), primary=True, views=_PEOPLE,
                right=Right.MOVE,
            ),
        )  # fmt: skip

    def _contact(self, rows: Sequence[Lead | Tally]) -> None:
        last = self.flow.today()
        self.flow.set_day(
            self.selection(rows), "first_contact_on", last, without=tr("Nobody has spoken to them"), last=last
        )
