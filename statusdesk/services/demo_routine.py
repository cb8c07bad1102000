"""What a small internet provider does day in, day out: leads, orders, installations, holidays, ends, debts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from statusdesk.services import demo_network
from statusdesk.services.demo_names import AGENCIES, NO_INSTALL
from statusdesk.services.demo_office import ANNA, JENS, MERVE, OLE, Office
from statusdesk.services.demo_people import People, Person

Happening = Callable[[date], None]

_WENT: Final = (
    (("Moved away", "out"), 2.0),
    (("Moved in with family", "may_return"), 2.0),
    (("Changed to another provider", "may_return"), 3.0),
    (("Too expensive", "may_return"), 2.0),
    (("Contract ended", "inactive"), 4.0),
    (("Gave up the flat", "inactive"), 2.0),
)
_MONTHS: Final = "January February March April May June July August September October November December".split()


class Routine:
    """The week of the office; rates are for 3,000 accounts and go by `scale`."""

    def __init__(self, office: Office, people: People, scale: float) -> None:
        self._office = office
        self._rng = office.rng
        self._people = people
        self._scale = scale
        self._order = 8_400
        self._dunned: list[Person] = []
        self.ill_from: date | None = None
        """From this day on nobody installs anything."""

    def agenda(self, day: date) -> list[Happening]:
        """Return what happens on a workday, in order."""
        weekly: list[Happening] = [
            *(
                (self._web_leads,),
                (self._go_away,),
                (self._end,),
                (self._go_away, self._call),
                (self._end, self._lose, self._win_back),
            )[day.weekday()]
        ]
        begins = day.weekday() == 0 and day.day <= 7
        monthly: list[Happening] = [self._collect, self._dun, self._tidy] if begins else []
        return [*monthly, *weekly, self._install, self._speak, self._take_orders, self._come_back, self._correct]

    def _about(self, rate: float) -> int:
        return self._office.about(rate * self._scale)

    def _web_leads(self, day: date) -> None:
        leads = [self._people.invent(self._ago(day, 6)) for _ in range(self._about(21))]
        for person in leads:
            person.first_contact_on = ""
        if leads:
            self._office.take_in({"lead": leads}, MERVE, f"web-leads-{day}.csv")

    def _call(self, day: date) -> None:
        for _ in range(self._about(2)):
            self._office.add(self._people.invent(day.isoformat()), "lead", OLE, "Called us")

    def _speak(self, day: date) -> None:
        """Speak to some of the leads that nobody has spoken to yet."""
        spoken = self._office.some("lead", self._about(5), lambda person: not person.first_contact_on)
        self._office.note_day(spoken, "first_contact_on", day, OLE)
        for person in spoken:
            person.first_contact_on = day.isoformat()

    def _win_back(self, day: date) -> None:
        """Agree on another day with some who left, and take some of them in again."""
        gone = self._office.some("may_return", self._about(4), lambda person: person.monthly_charge > 0)
        for person in gone[1:]:
            self._office.note_day([person], "next_contact_on", self._ahead(day, 2, 60), MERVE)
        self._office.move(gone[:1], "active", MERVE, "Came back")
        demo_network.give_access(self._office, gone[:1], day)

    def _tidy(self, day: date) -> None:
        demo_network.take_back_access(self._office, day)

    def _lose(self, _day: date) -> None:
        for person in self._office.some("lead", self._about(1.8)):
            self._office.edit(person, {"monthly_charge": 0}, MERVE, "Not interested", to="inactive")

    def _take_orders(self, day: date) -> None:
        """Give some leads a day of installation: the first one by hand, the others from a list."""
        first, *others = self._office.some("lead", self._about(3.9)) or (None,)
        if first is None:
            return
        self._order += self._rng.randint(1, 9)
        days = {person.id: self._ahead(day, 4, 16) for person in (first, *others)}
        fields = {"install_on": days[first.id].isoformat()}
        self._office.edit(first, fields, ANNA, f"Order {self._order}", to="pending")
        changes = [(person, {"install_on": days[person.id].isoformat()}) for person in others]
        self._office.bring_in(changes, ANNA, f"orders-{day}.csv", to="pending")
        for person in (first, *others):
            person.due = days[person.id]

    def _install(self, day: date) -> None:
        """Record how the day's installations went."""
        if self.ill_from is not None and day >= self.ill_from:
            return
        ready = self._office.due("pending", day)
        failing = [person for person in ready if self._rng.random() < 0.1]
        installed = [person for person in ready if person not in failing]
        self._office.install(installed, "active", JENS)
        demo_network.give_access(self._office, installed, day)
        for person in failing:
            person.attempts += 1
            self._office.fail_install(person, "failed", JENS, self._rng.choice(NO_INSTALL), "")
            person.due = self._ahead(day, 3, 14)
        for person in self._office.due("failed", day):
            self._try_again(person, day)

    def _try_again(self, person: Person, day: date) -> None:
        if person.attempts > 2 or self._rng.random() < 0.15:
            self._office.edit(person, {"monthly_charge": 0}, JENS, "No line can be laid", to="out")
            return
        again = self._ahead(day, 3, 12)
        fields = {"install_on": again.isoformat()}
        self._office.edit(person, fields, ANNA, "New day agreed", to="pending")
        person.due = again

    def _go_away(self, day: date) -> None:
        leaving = self._office.some("active", self._about(11), lambda person: not person.seasonal)
        reduced = [
            person for person in leaving if "reduced" in self._office.statuses and self._rng.random() < 0.25
        ]
        first, *others = [person for person in leaving if person not in reduced] or (None,)
        days = {person.id: self._ahead(day, 14, 150) for person in leaving}
        if first is not None:
            until = _MONTHS[days[first.id].month - 1]
            self._office.send_away([first], "vacation", JENS, days[first.id], f"Away until {until}")
        for person in others[: len(others) // 2]:
            self._office.send_away([person], "vacation", MERVE, days[person.id], "Away, by form on the website")
        self._office.move(others[len(others) // 2 :], "vacation", MERVE, "Away, by form on the website")
        self._office.move(reduced, "reduced", MERVE, "Away, keeps the alarm running")
        for person in leaving:
            person.due = days[person.id]

    def _come_back(self, day: date) -> None:
        keys = ("vacation", "reduced") if "reduced" in self._office.statuses else ("vacation",)
        back = self._office.let_return(day, keys, OLE)
        self._office.move([person for person in back if not person.doubtful], "active", OLE, "Return")

    def _end(self, _day: date) -> None:
        for person in self._office.some("active", self._about(2.3), lambda person: not person.seasonal):
            reason, key = self._office.one_of(_WENT)
            self._office.disconnect(person, key, ANNA, reason)

    def _collect(self, day: date) -> None:
        """Hand over debts that were not paid, and close those that were."""
        where = self._office.where
        here = {**where["active"], **where.get("suspended", {})}
        still = [person for person in self._dunned if person.id in here]
        debts = [person for person in still if self._rng.random() < 0.35]
        paid = [(person, {"balance_due": 0, "delinquent": 0}) for person in still if person not in debts]
        self._office.bring_in(paid, OLE, f"payments-{day:%Y-%m}.csv")
        handed = {"collections_agency": self._rng.choice(AGENCIES), "handed_over_on": day.isoformat()}
        handed_over = [(person, {**handed, "balance_due": person.monthly_charge * 3 + 1_500}) for person in debts]
        file = f"handed-over-{day:%Y-%m}.csv"
        self._office.bring_in(handed_over, OLE, file, reason="Third reminder unanswered", to="collections")
        for person in self._office.some("collections", self._about(6)):
            fields = {"balance_due": 0, "delinquent": False}
            if self._rng.random() < 0.7:
                self._office.take_back(person, "active", OLE, "Paid in full")
                self._office.edit(person, fields, OLE, "Paid in full")
            else:
                self._office.edit(person, {**fields, "monthly_charge": 0}, OLE, "Written off", to="inactive")

    def _dun(self, day: date) -> None:
        self._dunned = self._office.some("active", self._about(22), lambda person: not person.seasonal)
        changes = [(person, {"balance_due": person.monthly_charge, "delinquent": 1}) for person in self._dunned]
        self._office.bring_in(changes, OLE, f"reminders-{day:%Y-%m}.csv")

    def _correct(self, _day: date) -> None:
        for person in self._office.some("active", self._about(0.7)):
            fields: dict[str, object] = {"phone": self._people.new_phone(person)}
            what = self._rng.random()
            if what < 0.35:
                fields = {"address": self._people.new_address()}
            elif what < 0.5:
                fields = {"note": "Has a new router."}
            reason = self._rng.choice(("", "", "By telephone", "By letter"))
            self._office.edit(person, fields, self._rng.choice((ANNA, JENS, MERVE)), reason)

    def _ahead(self, day: date, least: int, most: int) -> date:
        return day + timedelta(self._rng.randint(least, most))

    def _ago(self, day: date, most: int) -> str:
        return (day - timedelta(self._rng.randint(0, most))).isoformat()
