"""A status while it is being edited: what was there, what people made of it, and what speaks against it; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from statusdesk.domain.errors import LookTaken, NameMissing, Refused
from statusdesk.domain.folding import clean
from statusdesk.domain.looks import Audience, Look, Shape, safe_suggestions, who_confuses
from statusdesk.domain.records import Stage, Status, StatusFields
from statusdesk.domain.rules import check_new_status, fields_of, locked_fields


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A status that the draft is easily taken for, and by whom."""

    status: Status
    audience: Audience


class StatusDraft:
    """A copy to edit. `others` are the statuses that were not deleted, with or without the status itself."""

    def __init__(
        self,
        start: StatusFields,
        others: Sequence[Status],
        *,
        status: Status | None = None,
        accounts: int = 0,
    ) -> None:
        """Begin with `start`, all fields given; `status` is the one edited, None for a new one."""
        self.status = status
        self.accounts = accounts
        self.fields: StatusFields = {**start}
        self._start: StatusFields = {**start}
        self._others = [other for other in others if status is None or other.id != status.id]

    @classmethod
    def of(cls, status: Status, others: Sequence[Status], accounts: int) -> "StatusDraft":
        """Return the draft to edit a status that has so many accounts."""
        known = tuple(other.id for other in others if other.id in status.followers)
        start: StatusFields = {**fields_of(status), "followers": known}
        return cls(start, others, status=status, accounts=accounts)

    @property
    def locked(self) -> frozenset[str]:
        """The names of fields that stay as they are."""
        return locked_fields(self.status) if self.status is not None else frozenset()

    @property
    def look(self) -> Look:
        """The shape and colour as they are now."""
        return Look(Shape(self.fields["shape"]), self.fields["colour"])

    def wanted(self) -> StatusFields:
        """Return all fields in their clean form; winning back is for Ended statuses only."""
        winback = self.fields["winback"] and self.fields["stage"] is Stage.ENDED
        return {
            **self.fields,
            "name": clean(self.fields["name"]),
            "description": clean(self.fields["description"]),
            "customer_note": clean(self.fields["customer_note"]),
            "winback": winback,
        }

    def changed(self) -> StatusFields:
        """Return only the fields that people changed, all of them for a new status."""
        wanted = self.wanted()
        if self.status is None:
            return wanted
        before = cast("dict[str, object]", self._start)
        return cast("StatusFields", {name: value for name, value in wanted.items() if before[name] != value})

    def sketch(self) -> Status:
        """Return the status as it would be, for showing only."""
        return Status(id=0, position=0, **self.wanted())

    def name_problem(self) -> Refused | None:
        """Return what speaks against the name."""
        try:
            check_new_status({"name": self.fields["name"], "colour": "black"}, self._nameable(), position=1)
        except Refused as refused:
            return refused
        return None

    def _nameable(self) -> list[Status]:
        """Return the others with no look to get in the way of their names."""
        return [_without_look(other) for other in self._others]

    @property
    def nameless(self) -> bool:
        """True while there is no name yet."""
        return isinstance(self.name_problem(), NameMissing)

    def look_problem(self) -> Refused | None:
        """Return what speaks against the pair of shape and colour; nothing does while the status is retired."""
        if self.status is not None and self.status.retired:
            return None
        taken = next((other for other in self._others if other.live and _look(other) == self.look), None)
        return LookTaken(name=taken.name) if taken is not None else None

    def look_alike(self) -> LookAlike | None:
        """Return a live status that people could take this one for: one that everyone could, if there is."""
        found = [
            LookAlike(other, audience)
            for other in self._rivals()
            if (audience := who_confuses(self.look, _look(other))) is not None
        ]
        return min(found, key=lambda alike: list(Audience).index(alike.audience), default=None)

    def safe_colours(self) -> list[str]:
        """Return the offered colours in which the chosen shape is like no other status."""
        return safe_suggestions(self.look.shape, map(_look, self._rivals()))

    def followers(self) -> list[Status]:
        """Return the statuses that could follow this one: those on offer, and any that may already."""
        return [other for other in self._others if other.live or other.id in self.fields["followers"]]

    def neighbour(self) -> Status | None:
        """Return a status to stand beside this one in a preview: one easily confused, or of the same stage."""
        alike = self.look_alike()
        if alike is not None:
            return alike.status
        live = [other for other in self._others if other.live]
        same = [other for other in live if other.stage is self.fields["stage"]]
        return next(iter(same or live), None)

    def _rivals(self) -> list[Status]:
        return [other for other in self._others if other.live]


def _look(status: Status) -> Look:
    return Look(Shape(status.shape), status.colour)


def _without_look(status: Status) -> Status:
    return status._replace(retired=True)
