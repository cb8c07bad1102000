"""A year in the life of a small internet provider: its calendar, and what happens only once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.instants import parse_instant
from statusdesk.domain.records import Stage, StatusFields
from statusdesk.domain.unpaid import RestDays, UnpaidRule, as_texts
from statusdesk.services import demo_network
from statusdesk.services.demo_names import AGENCIES, HOME_PLANS, LEAD_SOURCES, NO_INSTALL, WENT
from statusdesk.services.demo_office import ANNA, JENS, MERVE, Office, Over
from statusdesk.services.demo_people import People, Person
from statusdesk.services.demo_routine import Happening, Routine
from statusdesk.services.office import office_settings, put_settings, set_office

DAYS: Final = 365
LISTS: Final = {
    ChoiceList.ACCOUNT_TYPE: ("Private", "Business"),
    ChoiceList.LEAD_SOURCE: LEAD_SOURCES,
    ChoiceList.FAILED_INSTALL_REASON: NO_INSTALL,
    ChoiceList.DISCONNECT_REASON: WENT,
    ChoiceList.COLLECTIONS_AGENCY: AGENCIES,
}
_FIRST_STATUSES: Final[dict[str, StatusFields]] = {
    "pending": {
        "name": "Pending install", "shape": "hourglass", "colour": "#8C6D1F", "stage": Stage.ONBOARDING,
        "description": "For customers who have ordered and wait for the day of installation.",
    },
    "failed": {
        "name": "Failed install", "shape": "triangle-down", "colour": "#D55E00", "stage": Stage.ONBOARDING,
        "description": "For orders whose installation did not work out. Agree on a new day, or say why not.",
    },
    "vacation": {
        "name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED,
        "description": "For customers who are away and asked for no service. Time away is never charged later.",
    },
    "may_return": {
        "name": "May return", "shape": "arrow-right", "colour": "#B8578F", "stage": Stage.ENDED, "winback": True,
        "description": "For customers who have left and might come back. Write to them twice a year.",
    },
    "out": {
        "name": "No coverage", "shape": "cross", "colour": "#8B5A2B", "stage": Stage.ENDED,
        "description": "For customers who have moved where we have no lines. Do not write to them.",
    },
    "collections": {
        "name": "Collections", "shape": "bolt", "colour": "#C62828", "stage": Stage.DEBT,
        "description": "For debts that were handed over to an agency. Service stays off until they are paid.",
    },
}  # fmt: skip
_REDUCED: Final[StatusFields] = {
    "name": "Vacation, reduced", "shape": "cloud", "colour": "#3E9BD6", "stage": Stage.PAUSED, "activates": True,
    "description": "For customers who are away and keep a slow line, as for an alarm or a camera.",
}  # fmt: skip
_SUSPENDED: Final[StatusFields] = {
    "name": "Suspended", "shape": "ring", "colour": "#C27C00", "stage": Stage.PAUSED,
    "description": "For customers who have not paid for three weeks. They come back by themselves once they have.",
    "customer_note": "Your connection is suspended because of an unpaid bill. It comes back with your payment.",
}  # fmt: skip
_RULES_OF_DEBTS: Final[StatusFields] = {
    "required": ("collections_agency", "handed_over_on"),
    "customer_note": "Your account was handed over for collection. Please speak with the agency about payment.",
}
_PAUSED: Final = "Your connection is paused. You are not charged while you are away, now or later."
_AT_FIRST: Final = {
    "lead": 0.07, "pending": 0.025, "failed": 0.004, "active": 0.68, "vacation": 0.05, "inactive": 0.1,
    "may_return": 0.04, "out": 0.016, "collections": 0.015,
}  # fmt: skip
_BILLED_LATER: Final = ("lead", "pending", "failed", "active", "vacation", "reduced", "collections")


class Year:
    """Plays a year that ends at the office's `until`, with about `size` accounts at its end."""

    def __init__(self, office: Office, size: int) -> None:
        self._office = office
        self._size = size
        self._people = People(office.rng)
        self._alarms: list[Person] = []
        self._routine = Routine(office, self._people, size / 3_000)

    def play(self, first: date) -> None:
        """Play from the first morning on; the office knows the statuses of a new database already."""
        last = first + timedelta(DAYS)
        once = self._once(first, last)
        self._routine.ill_from = _workday_before(_workday_before(last))
        waiting: list[Happening] = []
        try:
            for day in (first + timedelta(ahead) for ahead in range(DAYS + 1)):
                waiting += once.get(day, [])
                if day.weekday() < 5:
                    self._office.open_at(day)
                    for happening in (*waiting, *self._routine.agenda(day)):
                        happening(day)
                    waiting.clear()
        except Over:
            return

    def _once(self, first: date, last: date) -> dict[date, list[Happening]]:
        plan: dict[int, list[Happening]] = {
            0: [self._make_statuses, self._take_over],
            47: [self._offer_reduced],
            63: [self._rename],
            118: [self._slip],
            131: [self._open_season],
            204: [self._raise_prices],
            297: [self._suspend],
            318: [self._make_levels],
        }
        happenings = {first + timedelta(ahead): todo for ahead, todo in plan.items()}
        happenings[_workday_before(last)] = [self._close_season, self._plan_ahead]
        happenings[_workday_before(last - timedelta(26))] = [self._keep_alarms]
        happenings[_workday_before(last - timedelta(12))] = [self._correct_charge]
        return happenings

    def _make_statuses(self, _day: date) -> None:
        for key, fields in _FIRST_STATUSES.items():
            made = self._office.at_desk(ANNA, 3).create_status(fields)
            self._office.know(key, made.status_id or 0)
        self._office.at_desk(ANNA).set_choices(LISTS)
        statuses, known = self._office.statuses, office_settings(self._office.store)
        wanted = replace(known, disconnect_status=statuses["may_return"], failed_status=statuses["failed"])
        set_office(self._office.at_desk(ANNA), wanted)

    def _take_over(self, day: date) -> None:
        """Import the customers of the years before."""
        rng, people = self._office.rng, [self._known(day) for _ in range(round(self._size * 0.61))]
        groups: dict[str, list[Person]] = {key: [] for key in _AT_FIRST}
        for person in people:
            away = person.seasonal and rng.random() < 0.75
            key = "vacation" if away else self._office.one_of(tuple(_AT_FIRST.items()))
            groups[key].append(person)
            person.due = day + timedelta(rng.randint(2, 80)) if key in ("pending", "failed", "vacation") else None
            if away:
                person.due = None
            if key in ("inactive", "may_return", "out"):
                person.monthly_charge = 0
        for key, group in groups.items():
            demo_network.take_access(group, key)
        zone = self._office.store.info.time_zone

        def since(person: Person) -> int:
            ago = rng.randint(3, 60) if person.due else rng.randint(20, (day - _day(person)).days)
            return parse_instant(f"{day - timedelta(ago)} {rng.randint(8, 17):02}:{rng.randint(0, 59):02}", zone)

        reason = "Taken over from the spreadsheet"
        self._office.take_in(groups, ANNA, "customers.csv", reason=reason, since=since)

        self._note_debts(day)

    def _note_debts(self, day: date) -> None:
        """Note which agency has the debts of the years before, and ask for that from now on."""
        rng, debts = self._office.rng, list(self._office.where["collections"].values())
        changes = [
            (
                person,
                {
                    "collections_agency": rng.choice(AGENCIES),
                    "handed_over_on": (day - timedelta(rng.randint(5, 200))).isoformat(),
                    "balance_due": person.monthly_charge * 3 + 1_500,
                },
            )
            for person in debts
        ]
        self._office.bring_in(changes, ANNA, "agencies.csv")
        desk, statuses = self._office.at_desk(ANNA), self._office.statuses
        desk.edit_status(statuses["collections"], _RULES_OF_DEBTS)
        desk.edit_status(statuses["vacation"], {"customer_note": _PAUSED})

    def _suspend(self, _day: date) -> None:
        """Let those who do not pay go without service by themselves, but never before a weekend."""
        made = self._office.at_desk(ANNA).create_status(_SUSPENDED, reason="Too many reminders by hand")
        self._office.know("suspended", made.status_id or 0)
        rest = RestDays(frozenset({4, 5, 6}), frozenset({"12-24", "12-25", "12-31", "01-01"}))
        put_settings(self._office.at_desk(ANNA), as_texts(UnpaidRule(21, made.status_id or 0, rest=rest)))

    def _make_levels(self, _day: date) -> None:
        demo_network.make_levels(self._office)

    def _known(self, day: date) -> Person:
        return self._people.invent((day - timedelta(self._office.rng.randint(90, 2_900))).isoformat())

    def _offer_reduced(self, _day: date) -> None:
        made = self._office.at_desk(ANNA).create_status(_REDUCED, reason="Asked for by owners of holiday homes")
        self._office.know("reduced", made.status_id or 0)

    def _rename(self, _day: date) -> None:
        desk = self._office.at_desk(ANNA)
        desk.edit_status(self._office.statuses["out"], {"name": "Out of coverage"})

    def _slip(self, _day: date) -> None:
        """Somebody selects the wrong accounts, and takes it back."""
        wrong = self._office.some("active", 37)
        self._office.move(wrong, "inactive", MERVE, "End of the year")
        self._office.at_desk(MERVE, 3).undo()
        self._office.put_back(wrong, "active")

    def _open_season(self, _day: date) -> None:
        back = self._office.some("vacation", self._size, lambda person: person.seasonal)
        self._office.move(back, "active", JENS, "Season opens")

    def _raise_prices(self, day: date) -> None:
        self._people.prices = dict(HOME_PLANS)
        changes = [
            (person, {"monthly_charge": HOME_PLANS[person.service_level]})
            for key in _BILLED_LATER
            for person in self._office.where[key].values()
            if person.service_level in HOME_PLANS
        ]
        self._office.bring_in(changes, ANNA, "new-prices.csv", reason=f"New prices {day.year}")

    def _keep_alarms(self, day: date) -> None:
        """Three leave with a small charge; of one the charge is changed meanwhile, so the return needs a look."""
        self._alarms = self._office.some("active", 3, lambda person: not person.seasonal)
        back = day + timedelta(21)
        self._office.send_away(self._alarms, "reduced", JENS, back, "Away, keeps the alarm running", charge=500)

    def _correct_charge(self, _day: date) -> None:
        for person in self._alarms[:1]:
            person.doubtful = True
            self._office.edit(person, {"monthly_charge": 750}, MERVE, "Alarm with camera")

    def _plan_ahead(self, day: date) -> None:
        """Leave things planned for the days to come, and one that somebody got in the way of."""
        ends = [day + timedelta(ahead) for ahead in (3, 6, 13, 27, 41)]
        leaving = self._office.some("active", 3 * len(ends), lambda person: not person.seasonal)
        for place, end in enumerate(ends):
            for person in leaving[place::5]:
                self._office.plan([person], ("inactive", "may_return")[place % 2], ANNA, end, "Contract ends")
        moved, *_ = leaving
        self._office.move([moved], "vacation", MERVE, "Away, by form on the website")
        every = self._office.some("active", 2, lambda person: person not in leaving and not person.seasonal)
        back = day + timedelta(110)
        self._office.send_away(every, "vacation", JENS, back, "Every winter in the south", yearly=True)
        soon = self._office.some("active", 4, lambda person: person not in leaving and not person.seasonal)
        for ahead, person in enumerate(soon, start=2):
            self._office.send_away([person], "vacation", MERVE, day + timedelta(ahead), "A few days away")

    def _close_season(self, day: date) -> None:
        leaving = self._office.some("active", self._size, lambda person: person.seasonal)
        already = self._office.some("vacation", 12)
        winter = day.month >= 10 or day.month <= 3
        self._office.move([*leaving, *already], "vacation", ANNA, "Winter closing" if winter else "Season closes")


def _workday_before(day: date) -> date:
    before = day - timedelta(1)
    return before if before.weekday() < 5 else _workday_before(before)


def _day(person: Person) -> date:
    return date.fromisoformat(person.first_contact_on)
