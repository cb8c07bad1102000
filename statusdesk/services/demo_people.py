"""Invents believable account holders, the same ones for the same random generator."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from statusdesk.domain.folding import fold
from statusdesk.services.demo_names import (
    BUSINESS_PLANS,
    FIRST_PRICES,
    LEAD_SOURCES,
    NOTES,
    ORIGINS,
    SEASIDE,
    SEASONAL,
    STREETS,
    TOWNS,
    YEAR_ROUND,
)

_ORIGIN_SHARES: Final = list(accumulate(origin.share for origin in ORIGINS))
_TOWN_SHARES: Final = list(accumulate(share for share, _ in TOWNS.values()))
_TOWN_NAMES: Final = list(TOWNS)
_GERMAN: Final = ORIGINS[0]
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa"})

COLUMNS: Final = (
    "number", "name", "account_type", "phone", "email", "address", "city", "monthly_charge", "lead_source",
    "first_contact_on", "service_level", "radius_user", "ip_addresses", "note",
)  # fmt: skip
"""The fields that an invented person brings along, in the order of `Person.row`."""


@dataclass(slots=True)
class Person:
    """An account holder; amounts in cents, dates ISO.

    `access` is the RADIUS user and the address that they get once they are active. `id` is 0 until the account is
    on record; `due` is the day on which something is to happen next, `doubtful` says that somebody must look at
    it first.
    """

    number: str
    name: str
    account_type: str
    phone: str
    email: str
    address: str
    city: str
    monthly_charge: int
    lead_source: str
    first_contact_on: str
    service_level: str
    access: tuple[str, str]
    note: str
    seasonal: bool
    radius_user: str = ""
    ip_addresses: str = ""
    id: int = 0
    due: date | None = None
    attempts: int = 0
    doubtful: bool = False

    def row(self) -> tuple[str | int, ...]:
        """Return the values of `COLUMNS`."""
        return tuple(getattr(self, name) for name in COLUMNS)


class People:
    """A town's worth of people who do not exist."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._number = 400
        self._users: set[str] = set()
        self.prices: dict[str, int] = dict(FIRST_PRICES)

    def invent(self, first_contact_on: str) -> Person:
        """Return somebody new, with the next free number."""
        rng = self._rng
        self._number += rng.choice((5, 7, 11, 13, 15, 17))
        business = rng.random() < 0.11
        seasonal = rng.random() < (0.6 if business else 0.07)
        name, latin = self._business(seasonal) if business else self._private()
        plans = BUSINESS_PLANS if business else self.prices
        plan = rng.choices(list(plans), (5, 3, 1))[0]
        city = rng.choices(_TOWN_NAMES, cum_weights=_TOWN_SHARES)[0]
        return Person(
            f"{self._number:05}",
            name,
            "Business" if business else "Private",
            self._phone(city),
            self._email(latin, business=business),
            f"{rng.choice(STREETS)} {rng.randint(1, 98)}{rng.choice(('', '', '', '', 'a', 'b'))}",
            city,
            plans[plan],
            rng.choices(LEAD_SOURCES, (9, 4, 4, 3, 1, 2))[0],
            first_contact_on,
            plan,
            (self._user(latin), f"203.0.113.{rng.randint(2, 254)}" if business and rng.random() < 0.6 else ""),
            self._note(business=business, seasonal=seasonal),
            seasonal,
        )

    def new_phone(self, person: Person) -> str:
        """Return another telephone number for somebody in the same town."""
        return self._phone(person.city)

    def new_address(self) -> str:
        """Return another street and house."""
        return f"{self._rng.choice(STREETS)} {self._rng.randint(1, 98)}"

    def _private(self) -> tuple[str, str]:
        origin = self._rng.choices(ORIGINS, cum_weights=_ORIGIN_SHARES)[0]
        first, last = self._rng.randrange(len(origin.firsts)), self._rng.randrange(len(origin.lasts))
        firsts, lasts = origin.latin or (origin.firsts, origin.lasts)
        eastern = origin.lasts[0] in ("王", "山田")
        given, family = origin.firsts[first], origin.lasts[last]
        return f"{family}{given}" if eastern else f"{given} {family}", f"{firsts[first]} {lasts[last]}"

    def _business(self, seasonal: bool) -> tuple[str, str]:
        pattern = self._rng.choice(SEASONAL if seasonal else YEAR_ROUND)
        last = self._rng.choice(SEASIDE if seasonal and self._rng.random() < 0.7 else _GERMAN.lasts)
        name = pattern.format(last)
        return name, name.replace("&", "und")

    def _phone(self, city: str) -> str:
        rng = self._rng
        if rng.random() < 0.25:
            return f"0151 555 {rng.randint(0, 9999):04} {rng.randint(0, 9)}"
        return f"{TOWNS[city][1]} 555 {rng.randint(0, 9999):04}"

    def _email(self, latin: str, *, business: bool) -> str:
        words = _ascii(latin).split()
        if business:
            return f"info@{'-'.join(words)}.example"
        if self._rng.random() < 0.12:
            return ""
        return f"{words[0]}.{'-'.join(words[1:])}@example.{self._rng.choice(('org', 'net', 'com'))}"

    def _user(self, latin: str) -> str:
        words = _ascii(latin).split()
        plain = (words[0][0] + "".join(words[1:]) if len(words) > 1 else words[0])[:14]
        user, again = plain, 1
        while user in self._users:
            again += 1
            user = f"{plain}{again}"
        self._users.add(user)
        return user

    def _note(self, *, business: bool, seasonal: bool) -> str:
        if seasonal and not business:
            return "Holiday home."
        return self._rng.choice(NOTES) if self._rng.random() < 0.06 else ""


def _ascii(latin: str) -> str:
    folded = fold(latin.translate(_UMLAUTS))
    return " ".join("".join(sign for sign in word if sign.isascii() and sign.isalnum()) for word in folded.split())
