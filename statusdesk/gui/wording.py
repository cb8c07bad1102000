"""Sentences that several panes say, translated where they are shown."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from statusdesk.domain import phrases
from statusdesk.domain.admission import refusal
from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.fields import FIELDS, Field, Kind
from statusdesk.domain.records import DatabaseInfo, Stage, Status
from statusdesk.gui import formats

_MOMENTS = ("due", "back", "planned_at", "backup")


def tr(text: str, disambiguation: str = "", n: int = -1) -> str:
    """Translate a text that does not belong to one widget."""
    return QCoreApplication.translate("StatusDesk", text, disambiguation, n)


def error_text(error: Exception) -> str:
    """Return the sentence for a person; errors that are our fault say where to find the details."""
    if isinstance(error, StatusDeskError):
        return tr(error.sentence).format(**error.facts)
    return tr(
        "Something went wrong inside StatusDesk. Nothing was changed. Details are in Help ▸ Report a problem."
    )


def field_text(field: Field, value: object, info: DatabaseInfo) -> str:
    """Say what a field of an account holds; empty where it holds nothing."""
    match field.kind, value:
        case Kind.MONEY, int():
            return f"{formats.money(value, info.currency)} {info.currency}"
        case Kind.INSTANT, int():
            return formats.moment(value, info.time_zone)
        case Kind.DATE, str():
            return formats.date(value)
        case Kind.FLAG, _:
            return tr("Yes") if value else ""
        case Kind.COUNT, int():
            return formats.count(value) if value else ""
        case _:
            return str(value)


def not_answered() -> str:
    """Say why there is nothing to see where the server does not answer."""
    return tr("The server does not answer. What belongs here comes as soon as it does.")


def closed_door(before: Status, target: Status, statuses: Mapping[int, Status]) -> str:
    """Say why accounts may not move from a status to another; empty where they may, or where a card asks."""
    error = refusal(before, target, statuses, deliberate=True)
    return "" if error is None else error_text(error)


def accounts_text(number: int) -> str:
    """Say a number of accounts with its noun, as the locale writes it."""
    return tr("1 account") if number == 1 else tr("{count} accounts").format(count=formats.count(number))


def deed(kind: str, facts: Mapping[str, str]) -> str:
    """Say what a change set of this kind does: “Move 1,287 accounts to Vacation”."""
    return phrases.deed(kind, _written(facts), tr)


def fact(kind: str, facts: Mapping[str, str]) -> str:
    """Say what a change set of this kind did: “Moved 1,287 accounts to Vacation”."""
    return phrases.fact(kind, _written(facts), tr)


def planned_fact(facts: Mapping[str, str]) -> str:
    """Say who had planned what a change set carried out, and when: “Planned by jens on 20 Nov 2026, 09:14”."""
    planned = tr("Planned by {planned_by} on {planned_at}")
    return planned.format(**_written(facts))


def _written(facts: Mapping[str, str]) -> dict[str, str]:
    number = facts.get("count", "")
    moments = {name: formats.local_moments(facts[name]) for name in _MOMENTS if name in facts}
    field = _of_field(facts) if "field" in facts else {}
    lists = {"lists": ", ".join(map(tr, facts["lists"].split(", ")))} if "lists" in facts else {}
    return {**facts, **moments, **field, **lists, **({"count": formats.count(int(number))} if number else {})}


def _of_field(facts: Mapping[str, str]) -> dict[str, str]:
    """Return what was set of accounts as people write it."""
    value = facts["value"]
    is_day = any(field.label == facts["field"] and field.kind is Kind.DATE for field in FIELDS)
    return {"field": tr(facts["field"]), "value": formats.date(value) if is_day and value else value}


def effect(status: Status) -> str:
    """Say what a status does to its accounts."""
    return tr("Billed · service on") if status.activates else tr("Not billed · service off")


def short_effect(status: Status) -> str:
    """Say what a status does to its accounts, for narrow columns."""
    return tr("Billed · service on") if status.activates else tr("Not billed · off")


def plain_effect(*, activates: bool) -> str:
    """Say in plain sentences what a status does."""
    if activates:
        return tr("Billed. Service on. Counts toward the monthly peak.")
    return tr("Not billed. No service. Does not count toward the monthly peak.")


def stage_name(stage: Stage) -> str:
    """Return the stage's name."""
    return tr(stage.label)


def field_name(field: Field) -> str:
    """Return the field's label."""
    return tr(field.label)
