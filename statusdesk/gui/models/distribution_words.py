"""Words of the distribution page: days, differences, titles of what is opened."""

from statusdesk.domain.records import Status
from statusdesk.domain.scopes import Dimension
from statusdesk.gui import formats
from statusdesk.gui.models.distribution_facts import DayAnswer, Sight
from statusdesk.gui.wording import accounts_text, tr

ALL_VALUES = {
    Dimension.ACCOUNT_TYPE: "All account types",
    Dimension.CITY: "All cities",
    Dimension.LEAD_SOURCE: "All lead sources",
}
SEVERAL = {
    Dimension.ACCOUNT_TYPE: "{count} account types",
    Dimension.CITY: "{count} cities",
    Dimension.LEAD_SOURCE: "{count} lead sources",
}
BY_VALUES = {
    Dimension.ACCOUNT_TYPE: "Accounts by account type and status",
    Dimension.CITY: "Accounts by city and status",
    Dimension.LEAD_SOURCE: "Accounts by lead source and status",
}
NONE = {
    Dimension.ACCOUNT_TYPE: "No account type",
    Dimension.CITY: "No city",
    Dimension.LEAD_SOURCE: "No lead source",
}


def value_name(dimension: Dimension, value: str) -> str:
    """Return what a value of a field is called; "no value" has a name too."""
    return value or tr(NONE[dimension])


def on_day(name: str, day: str) -> str:
    """Name something as of an ISO day."""
    return tr("{name} on {day}").format(name=name, day=formats.date(day))


def amount(minor: int, currency: str) -> str:
    """Write an amount with its currency."""
    return f"{formats.money(minor, currency)} {currency}"


def against(answer: DayAnswer) -> str:
    """Say what the differences are against: “since 22 Nov 2025”."""
    if answer.compared is None:
        return ""
    day = formats.date(answer.compared.day)
    earlier = answer.compared.day < answer.view.day
    return tr("since {day}").format(day=day) if earlier else tr("against {day}").format(day=day)


def expected_text(sight: Sight) -> str:
    """Say what an expected distribution rests on."""
    if not sight.installs and not sight.planned:
        return tr("Expected: the accounts as they are today. No install is due by then.")
    one, many = tr("1 install"), tr("{count} installs")
    installs = one if sight.installs == 1 else many.format(count=formats.count(sight.installs))
    if not sight.planned:
        said = tr("Expected: the accounts as they are today, with {installs} due by then.")
        return said.format(installs=installs)
    one, many = tr("1 planned change"), tr("{count} planned changes")
    planned = one if sight.planned == 1 else many.format(count=formats.count(sight.planned))
    said = tr("Expected: the accounts as they are today, with {installs} and {planned} due by then.")
    return said.format(installs=installs, planned=planned)


def said_numbers(name: str, number: int, share: int, charge: int, currency: str) -> str:
    """Say a line of the distribution: for tooltips and screen readers."""
    return tr("{name}: {accounts}, {share}, {amount} a month").format(
        name=name, accounts=accounts_text(number), share=formats.percent(share), amount=amount(charge, currency)
    )


def status_look(status: Status) -> tuple[str, str]:
    """Return the shape and the colour of a status."""
    return str(status.shape), status.colour
