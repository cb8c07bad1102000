"""What the network can find: RADIUS user names that FreeRADIUS looks up as they are, and addresses of accounts."""

import re
from collections.abc import Iterator
from ipaddress import ip_network

from statusdesk.domain.folding import fold

_USER = re.compile(r"[A-Za-z0-9@._:/-]{1,64}")
_APART = re.compile(r"[\s;]+")
_LONGEST_GROUP = 48


def user_problem(name: str) -> str | None:
    """Say why FreeRADIUS would never find this user name; None if it would.

    Outside of these signs rlm_sql looks for an escaped name, and the stock policy `filter_username` refuses realms
    without a dot, double dots and a dot at the end (FreeRADIUS 3.2).
    """
    if not _USER.fullmatch(name):
        if len(name) > 64:
            return "is longer than 64 characters"
        return "may have letters without accents, digits, and @ . _ : / - only"
    if name.count("@") > 1:
        return "has more than one @"
    _, at, realm = name.partition("@")
    if at and "." not in realm:
        return "needs a dot in the part after @"
    if ".." in name:
        return "has two dots side by side"
    if name.endswith(".") or realm.startswith("."):
        return "has a dot at the end of a part"
    return None


def addresses(text: str) -> Iterator[str]:
    """Yield the addresses of an account as routers print them: IPv4 without /32, IPv6 always with its prefix.

    Raises `ValueError` for one that is none, or that has bits set beyond its prefix.
    """
    for part in _APART.split(text.strip()):
        if part:
            yield router_form(part)


def router_form(text: str) -> str:
    """Return one address or prefix as a router prints it. Raises `ValueError`."""
    network = ip_network(text)
    alone = network.version == 4 and network.prefixlen == network.max_prefixlen
    return str(network.network_address) if alone else str(network)


def group_name(name: str, taken: frozenset[str]) -> str:
    """Return a RADIUS group name for a level: “Home 100” becomes “home-100”, or “home-100-2” if that is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_LONGEST_GROUP] or "level"
    number, found = 2, slug
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found
