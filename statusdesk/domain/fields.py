"""The fields of an account: one list that lists, forms, files and the journal all read."""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """How a field's value is written and compared."""

    TEXT = "text"
    LONG_TEXT = "long text"
    MONEY = "money"
    FLAG = "flag"
    DATE = "date"
    COUNT = "count"
    STATUS = "status"
    INSTANT = "instant"


class Field(NamedTuple):
    """A field by its name in commands and files, its label, and its kind."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False


FIELDS = (
    Field("number", "Number", required=True),
    Field("name", "Name"),
    Field("status", "Status", Kind.STATUS, required=True),
    Field("status_since", "Since", Kind.INSTANT),
    Field("account_type", "Account type"),
    Field("phone", "Phone"),
    Field("email", "E-mail"),
    Field("address", "Address"),
    Field("city", "City"),
    Field("monthly_charge", "Monthly charge", Kind.MONEY),
    Field("balance_due", "Balance due", Kind.MONEY),
    Field("delinquent", "Delinquent", Kind.FLAG),
    Field("install_on", "Install on", Kind.DATE),
    Field("install_attempts", "Install attempts", Kind.COUNT),
    Field("collections_agency", "Collections agency"),
    Field("handed_over_on", "Handed over on", Kind.DATE),
    Field("lead_source", "Lead source"),
    Field("first_contact_on", "First contact on", Kind.DATE),
    Field("disconnect_reason", "Disconnect reason"),
    Field("next_contact_on", "Next contact on", Kind.DATE),
    Field("service_level", "Service level of the plan"),
    Field("radius_user", "RADIUS user"),
    Field("ip_addresses", "IP addresses"),
    Field("note", "Note", Kind.LONG_TEXT),
)
FIELD = {field.name: field for field in FIELDS}

STATE_FIELDS = ("status", "status_since", "monthly_charge", "delinquent")
"""Fields that the journal keeps in its entries proper, because every report asks for them."""

PLAIN_FIELDS = tuple(field.name for field in FIELDS if field.name not in STATE_FIELDS)
"""Fields whose changes the journal keeps by name, with old and new value as text."""

SEARCHED_FIELDS = ("number", "name", "phone", "email", "city", "address")


def plain_value(name: str, text: str) -> str | int:
    """Turn a journalled text of the plain field `name` back into the value that its column holds."""
    return int(text or 0) if FIELD[name].kind in (Kind.MONEY, Kind.COUNT) else text
