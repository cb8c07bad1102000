"""Reply attributes that a level may send, each checked by its type before anything is published.

One attribute that the RADIUS server's dictionary does not know, or one value of the wrong type, refuses the login
of every member of a group (FreeRADIUS 3.2, rlm_sql); a value in back quotes is expanded by the server.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Network, NetmaskValueError
from typing import Final

from statusdesk.domain.errors import BadValue
from statusdesk.domain.folding import clean
from statusdesk.domain.levels import Attribute

OPERATORS: Final = (":=", "=", "+=")
"""Set, set if nothing is set yet, add another; others do nothing in replies."""

LONGEST: Final = 253
"""Bytes that an attribute's value may have (RFC 2865, section 5); of a vendor's attribute 247."""

_VENDORS: Final = ("Mikrotik-", "WISPr-")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
_LIST: Final = re.compile(r"[A-Za-z0-9_.-]{1,63}")
_RATE: Final = re.compile(r"\d+[kMG]?(/\d+[kMG]?)?", re.ASCII)
_SECONDS: Final = re.compile(r"\d{1,10}", re.ASCII)
_PRIORITY: Final = re.compile(r"[1-8]")


@dataclass(frozen=True, slots=True)
class Preset:
    """An attribute that people pick: its name, what it is for, and an example."""

    name: str
    label: str
    example: str


PRESETS: Final = (
    Preset("Mikrotik-Rate-Limit", "Speed (MikroTik)", "20M/100M"),
    Preset("Mikrotik-Address-List", "Address list (MikroTik)", "customers"),
    Preset("Framed-Pool", "Address pool", "customers"),
    Preset("Filter-Id", "Filter", "home"),
    Preset("Session-Timeout", "Longest session, in seconds", "3600"),
)
"""What a level most often sends, in the order of the menu."""


def _text(value: str) -> str | None:
    return None if value else "is missing"


def _number(value: str) -> str | None:
    if _SECONDS.fullmatch(value) and int(value) < 2**32:
        return None
    return "is not a whole number such as 3600"


def _rate(value: str) -> str | None:
    """Check `rx/tx [burst [threshold [time [priority [minimum]]]]]`; the first rate is the customer's upload."""
    parts = value.split(" ")
    rates = [part for place, part in enumerate(parts) if place not in (3, 4)]
    good = len(parts) <= 6 and all(_RATE.fullmatch(rate) for rate in rates)
    good = good and (len(parts) < 4 or bool(re.fullmatch(r"\d+(/\d+)?", parts[3], re.ASCII)))
    good = good and (len(parts) < 5 or bool(_PRIORITY.fullmatch(parts[4])))
    return None if good else "is not a speed such as 20M/100M (upload/download)"


def _list(value: str) -> str | None:
    return None if _LIST.fullmatch(value) else "may have letters, digits, and _ . - only"


def _address(value: str) -> str | None:
    try:
        IPv4Address(value)
    except AddressValueError:
        return "is not an address such as 192.0.2.1"
    return None


def _prefix(value: str) -> str | None:
    try:
        IPv6Network(value)
    except (AddressValueError, NetmaskValueError, ValueError):
        return "is not a prefix such as 2001:db8:1::/56"
    return None


CATALOGUE: Mapping[str, Callable[[str], str | None]] = {
    "Mikrotik-Rate-Limit": _rate,
    "Mikrotik-Address-List": _list,
    "Mikrotik-Group": _text,
    "Mikrotik-Delegated-IPv6-Pool": _text,
    "Framed-Pool": _text,
    "Framed-IP-Address": _address,
    "Framed-IPv6-Pool": _text,
    "Framed-IPv6-Prefix": _prefix,
    "Delegated-IPv6-Prefix": _prefix,
    "Filter-Id": _text,
    "Session-Timeout": _number,
    "Idle-Timeout": _number,
    "Acct-Interim-Interval": _number,
    "Reply-Message": _text,
    "Class": _text,
    "WISPr-Bandwidth-Max-Up": _number,
    "WISPr-Bandwidth-Max-Down": _number,
    "Port-Limit": _number,
}
"""Attributes of FreeRADIUS's stock dictionaries, with what says why a value is wrong (None: it is right)."""


def clean_attribute(wanted: Attribute) -> Attribute:
    """Return the attribute in its clean form. Raises `BadValue` for what a RADIUS server would trip over."""
    name, value = clean(wanted.name), clean(wanted.value)
    if not _NAME.fullmatch(name):
        raise BadValue(field="attribute", value=name, reason="is not the name of an attribute")
    known = next((known for known in CATALOGUE if known.casefold() == name.casefold()), None)
    if known is None and not wanted.trusted:
        reason = "is not known here; say that your server's dictionary has it, or choose another"
        raise BadValue(field="attribute", value=name, reason=reason)
    if wanted.op not in OPERATORS:
        raise BadValue(field=name, value=wanted.op, reason="is not an operator; use := or = or +=")
    trouble = (CATALOGUE[known] if known else _text)(value) or _refused(known or name, value)
    if trouble:
        raise BadValue(field=name, value=value, reason=trouble)
    return Attribute(known or name, value, wanted.op, known is None)


def clean_reply(text: str) -> str:
    """Return the message that a level sends with its answer. Raises `BadValue`."""
    tidy = clean(text)
    reason = _refused("Reply-Message", tidy)
    if reason:
        raise BadValue(field="message", value=tidy, reason=reason)
    return tidy


def clean_address_list(text: str) -> str:
    """Return the name of an address list, or “” for none. Raises `BadValue`."""
    tidy = clean(text)
    reason = _list(tidy) if tidy else None
    if reason:
        raise BadValue(field="address list", value=tidy, reason=reason)
    return tidy


def _refused(name: str, value: str) -> str | None:
    most = LONGEST - 6 if name.startswith(_VENDORS) else LONGEST
    if len(value.encode()) > most:
        return f"is longer than {most} bytes"
    if "`" in value:
        return "has a back quote: the server would run what stands in it"
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return "stands in quotes, which the server would take away; leave them out"
    return None if value.isprintable() else "has signs that cannot be printed"
