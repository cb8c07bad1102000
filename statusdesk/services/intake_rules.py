"""Holds the rows of an import to the rules that the office made for its statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.admission import REASON, RETURN_DATE, barred_by, label
from statusdesk.domain.admission_errors import OnlyTakenBack
from statusdesk.store import incoming_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from statusdesk.domain.records import Status
    from statusdesk.store.database import Database


class IntakeRules:
    """The rules as they bear on one import. A file cannot give return dates, so none is asked of it."""

    def __init__(self, statuses: Iterable[Status], reason: str) -> None:
        known = list(statuses)
        self._by_id = {status.id: status for status in known}
        self._pairs = {
            (before.id, target.id): rule
            for before in known
            for target in known
            if target.live and (rule := barred_by(before, target))
        }
        given = {RETURN_DATE, REASON} if reason else {RETURN_DATE}
        needed = {status.id: [name for name in status.required if name not in given] for status in known}
        self._required = {status_id: names for status_id, names in needed.items() if names}

    def leave_out(self, db: Database, fields: Collection[str], existing: int) -> dict[int, tuple[str, str]]:
        """Leave rows out of `temp.incoming`; return by line the status that they ask for, and why they cannot.

        `existing` is how many of the rows are of accounts that there are already: others come from no status.
        """
        if not (self._required or (self._pairs and existing)):
            return {}
        refused = {}
        for line, old, new, unknown in incoming_rules.coming(db, fields, self._pairs, self._required):
            why = self._why(old, new, unknown)
            if why:
                refused[line] = (self._by_id[new].name, why)
        incoming_rules.leave_out(db, refused)
        return refused

    def _why(self, old: int | None, new: int, unknown: list[str]) -> str:
        rule = None if old is None else self._pairs.get((old, new))
        if old is None or rule is None:
            return f"needs {', '.join(map(label, unknown))}" if unknown else ""
        before = self._by_id[old]
        if rule is OnlyTakenBack:
            return f"takes accounts from “{before.name}” only by taking them back"
        followers = ", ".join(f"“{self._by_id[status_id].name}”" for status_id in before.followers)
        return f"may not follow “{before.name}”, which only {followers} may"
