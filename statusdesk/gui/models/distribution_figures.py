"""The large figures of the distribution page, each with what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.gui import formats
from statusdesk.gui.models.distribution_facts import AtPeak, InStatuses, Moved, Projection
from statusdesk.gui.models.distribution_words import against, on_day
from statusdesk.gui.widgets.figures import FigureText
from statusdesk.gui.wording import tr
from statusdesk.services.reports.crossings import Crossing

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.gui.models.distribution_facts import DayAnswer, MonthAnswer
    from statusdesk.services.reports.distribution import Distribution


def figures_of(answer: DayAnswer, month: MonthAnswer | None, currency: str, zone: str) -> list[FigureText]:
    """Return the figures of the day shown; the peak is that of its month, and missing for a day to come.

    What is projected is so from today on, and shown for today only. Without the answer for the month the places
    of both are kept.
    """
    if answer.shown is None:
        return []
    texts = (
        ("accounts", tr("Accounts"), lambda report: report.accounts, False),
        ("billed", tr("Billed accounts"), lambda report: report.active, False),
        (
            "revenue",
            tr("Current revenue, {currency}") if answer.view.day == answer.today else tr("Revenue, {currency}"),
            lambda report: report.revenue,
            True,
        ),
    )
    found = [
        _figure(answer, name, label.format(currency=currency), value, currency if money else "")
        for name, label, value, money in texts
    ]
    if answer.shown.expected:
        return found
    if answer.view.day == answer.today:
        found.append(_projected(answer, month, currency))
    return [*found, _peak(answer, month, zone)]


def _figure(
    answer: DayAnswer, name: str, label: str, value: Callable[[Distribution], int], currency: str
) -> FigureText:
    assert answer.shown is not None
    number = value(answer.shown.whole)
    difference = ""
    if answer.compared is not None:
        change = number - value(answer.compared.whole)
        difference = formats.signed_money(change, currency) if currency else formats.signed(change)
    written = formats.money(number, currency) if currency else formats.count(number)
    return FigureText(name, label, written, difference, against(answer), _behind(answer, name))


def _behind(answer: DayAnswer, name: str) -> InStatuses:
    assert answer.shown is not None
    view, statuses = answer.view, answer.shown.whole.statuses
    ids = frozenset(line.status.id for line in statuses if name == "accounts" or line.status.activates)
    title = tr("All accounts") if name == "accounts" else tr("Billed accounts")
    return InStatuses(on_day(title, view.day), view.day, ids, view.scope)


def _projected(answer: DayAnswer, month: MonthAnswer | None, currency: str) -> FigureText:
    label = tr("Projected revenue, {currency}").format(currency=currency)
    found = None if month is None else month.projected
    if found is None:
        return FigureText("projected", label, "…")
    parts = (
        (tr("{count} install"), tr("{count} installs"), found.installs),
        (tr("{count} start"), tr("{count} starts"), found.starts),
        (tr("{count} stop"), tr("{count} stops"), -found.stops),
    )
    said = ", ".join(
        (one if abs(number) == 1 else many).format(count=formats.signed(number))
        for one, many, number in parts
        if number
    )
    behind = Projection(tr("Pending installs and planned changes"), answer.view.scope) if said else None
    value = formats.money(found.committed, currency)
    return FigureText("projected", label, value, "", said or tr("nothing is pending or planned"), behind)


def _peak(answer: DayAnswer, month: MonthAnswer | None, zone: str) -> FigureText:
    name = _month(answer)
    label = tr("Peak in {month}").format(month=name)
    if month is None:
        return FigureText("peak", label, "…")
    peak = month.peak
    when = tr("from the 1st on")
    if peak.reached_at is not None:
        when = tr("on {day}").format(day=formats.short_day(peak.reached_at, zone))
    behind = AtPeak(tr("Billed at the peak in {month}").format(month=name), peak, answer.view.scope)
    return FigureText("peak", label, formats.count(peak.accounts), "", when, behind)


def _month(answer: DayAnswer) -> str:
    name = formats.month(answer.view.day)
    return name if answer.view.day[:4] == answer.today[:4] else f"{name} {answer.view.day[:4]}"


def movement_title(answer: DayAnswer) -> str:
    """Say of which part of a month the movements are."""
    name = _month(answer)
    if answer.view.day == answer.today:
        return tr("{month} so far").format(month=name)
    return tr("1 to {day} {month}").format(month=name, day=int(answer.view.day[8:]))


def movements_of(answer: DayAnswer, month: MonthAnswer | None) -> list[FigureText]:
    """Return how many accounts crossed the border of activation in the month until the day shown."""
    name = movement_title(answer)
    kinds = (
        (Crossing.ACTIVATED, tr("Activations")),
        (Crossing.DISCONNECTED, tr("Disconnections")),
        (Crossing.PAUSED, tr("Left for a pause")),
        (Crossing.RETURNED, tr("Back from a pause")),
    )
    found = []
    for crossing, label in kinds:
        title = tr("{label}, {month}").format(label=label, month=name)
        behind = Moved(title, crossing, answer.view.day, answer.view.scope)
        number = "…" if month is None else formats.count(month.moved.line(crossing).accounts)
        found.append(FigureText(crossing.value, label, number, key=None if month is None else behind))
    return found
