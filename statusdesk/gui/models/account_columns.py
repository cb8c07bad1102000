"""The columns of the accounts table as data: what a cell shows, says, and gives to a spreadsheet.

A further column is one more entry here; the model, the table, the chooser and copying all read this list.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from statusdesk.domain import money
from statusdesk.domain.fields import FIELD, FIELDS, Field, Kind
from statusdesk.domain.instants import local_text, to_datetime
from statusdesk.domain.looks import Shape
from statusdesk.domain.records import Account, DatabaseInfo, Status
from statusdesk.gui import formats
from statusdesk.gui.wording import effect, field_name, tr

CellText = Callable[[Account], str]
Statuses = Callable[[int], Status]

PLANNED: Final = "planned_for"
"""The column of the next planned change: a clock and its day, or the clock alone where there is no room."""

DEFAULT_COLUMNS = ("number", "name", "status", "status_since", "monthly_charge", "city", PLANNED)
"""Names of the columns that are shown until people choose others."""

_HEADERS = {"number": "No.", "monthly_charge": "Monthly", "service_level": "Service level"}
_SHARES = {"name": 3, "address": 3, "note": 3, "email": 2}
_WIDE = {
    "name": 18,
    "address": 18,
    "note": 18,
    "email": 18,
    "status": 12,
    "account_type": 12,
    "phone": 14,
    "city": 11,
}
_WIDE_DAY = 1_795_392_000_000
_KINDS_OF_NUMBERS = (Kind.MONEY, Kind.DATE, Kind.COUNT, Kind.INSTANT)
_NEVER_CUT = (*_KINDS_OF_NUMBERS, Kind.FLAG)


class Column(NamedTuple):
    """One column. `text` is what a cell shows, `said` what a screen reader says, `plain` what a spreadsheet gets.

    `trailing` columns are right-aligned (left in right-to-left languages); `whole` ones are never elided: they
    are as wide as `sample` and whatever longer was shown. Others start `letters` wide and take `share` parts of
    the room that is left. `title` names the column where there is room, `header` above it. A `sign` is an action
    icon before the text; a column that `sorts` does so by a click on its head.
    """

    name: str
    header: str
    title: str
    text: CellText
    plain: CellText
    said: CellText
    sample: str = ""
    trailing: bool = False
    whole: bool = False
    muted: bool = False
    letters: int = 10
    share: int = 1
    sign: str = ""
    sorts: bool = True


def account_columns(info: DatabaseInfo, status_of: Statuses) -> tuple[Column, ...]:
    """Return a column for every field of an account and its plans, in the order in which they are first shown."""
    first = [FIELD[name] for name in DEFAULT_COLUMNS if name in FIELD]
    others = [field for field in FIELDS if field.name not in DEFAULT_COLUMNS]
    columns = [_column(field, info, status_of) for field in (*first, *others)]
    return (*columns[: len(first)], _planned(info.time_zone), *columns[len(first) :])


def _planned(zone: str) -> Column:
    def told(account: Account, write: Callable[[int], str]) -> str:
        return "" if account.planned_for is None else write(account.planned_for)

    said = tr("Planned for {moment}")
    return Column(
        name=PLANNED,
        header=tr("Planned"),
        title=tr("Planned"),
        text=partial(told, write=lambda at: formats.near_day(at, zone)),
        plain=partial(told, write=lambda at: local_text(at, zone)),
        said=partial(told, write=lambda at: said.format(moment=formats.moment(at, zone))),
        sample=formats.short_day(_WIDE_DAY, zone),
        whole=True,
        share=0,
        sign="clock",
        sorts=False,
    )


def _column(field: Field, info: DatabaseInfo, status_of: Statuses) -> Column:
    text, plain = _texts(field, info, status_of)
    whole = field.kind in _NEVER_CUT or field.name == "number"
    header = tr(_HEADERS[field.name]) if field.name in _HEADERS else field_name(field)
    return Column(
        name=field.name,
        header=header,
        title=field_name(field),
        text=text,
        plain=plain,
        said=partial(_said_status, status_of) if field.kind is Kind.STATUS else text,
        sample=_sample(field, info) if whole else "",
        trailing=field.kind in _KINDS_OF_NUMBERS,
        whole=whole,
        muted=field.name in ("number", "status_since"),
        letters=_WIDE.get(field.name, 10),
        share=0 if whole else _SHARES.get(field.name, 1),
    )


def _texts(field: Field, info: DatabaseInfo, status_of: Statuses) -> tuple[CellText, CellText]:
    """Return how a field is shown and how it is written for spreadsheets."""
    name, currency, zone = field.name, info.currency, info.time_zone
    if name == "name":
        return (lambda account: account.title), (lambda account: account.name)
    if field.kind is Kind.STATUS:
        return (lambda account: status_of(account.status_id).name,) * 2
    if field.kind is Kind.INSTANT:
        return (
            lambda account: formats.day(getattr(account, name), zone),
            lambda account: _written(to_datetime(getattr(account, name), zone)),
        )
    if field.kind is Kind.MONEY:
        return (
            lambda account: formats.money(getattr(account, name), currency, blank=True),
            lambda account: _amount(getattr(account, name), currency),
        )
    if field.kind is Kind.DATE:
        return (lambda account: formats.date(getattr(account, name))), (lambda account: getattr(account, name))
    if field.kind is Kind.FLAG:
        return (lambda account: tr("Yes") if getattr(account, name) else "",) * 2
    if field.kind is Kind.COUNT:
        return (lambda account: _count(getattr(account, name))), (lambda account: str(getattr(account, name)))
    return (lambda account: " ".join(getattr(account, name).split())), (lambda account: getattr(account, name))


def _said_status(status_of: Statuses, account: Account) -> str:
    status = status_of(account.status_id)
    billed = tr("billed") if status.activates else tr("not billed")
    return tr("{name}, {shape}, {billed}").format(
        name=status.name, shape=tr(Shape(status.shape).label).lower(), billed=billed
    )


def status_tip(status: Status) -> str:
    """Return what is told about an account's status under the pointer."""
    return "\n".join(filter(None, (f"{status.name}: {effect(status)}", status.description)))


def _sample(field: Field, info: DatabaseInfo) -> str:
    samples = {
        Kind.MONEY: formats.money(-999999, info.currency),
        Kind.COUNT: "99",
        Kind.FLAG: tr("Yes"),
        Kind.DATE: formats.date("2026-11-22"),
        Kind.INSTANT: formats.date("2026-11-22"),
    }
    return samples.get(field.kind, "00000")


def _count(number: int) -> str:
    return formats.count(number) if number else ""


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _amount(amount: int, currency: str) -> str:
    return money.plain(amount, currency).replace(".", formats.locale().decimalPoint())
