"""Statuses on their way from a rehearsal to the original: made, changed, and at the end retired or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_type_hints

from statusdesk.domain.errors import Refused
from statusdesk.domain.folding import name_key
from statusdesk.domain.records import Status, StatusFields
from statusdesk.domain.rules import check_edit
from statusdesk.services import status_verbs
from statusdesk.store import rehearsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Change, Store

_FIELDS = tuple(get_type_hints(StatusFields))
_LAST = ("retired", "deleted")


class StatusTransfer:
    """`made` and `changed` are statuses of the copy that came over; `left` stay as the original has them.

    `missing` are new statuses of the copy that could not be made, so no account can come into them.
    """

    def __init__(self, desk: Desk, change: Change, there: Store, base: int) -> None:
        self._desk = desk
        self._change = change
        self._theirs = there.statuses.by_id()
        self._fields = rehearsed.changed_statuses(there.db, base)
        self._new = rehearsed.made_statuses(there.db, base)
        self._ours = rehearsed.changed_statuses(desk.store.db, base)
        self._ids: dict[int, int] = {}
        self.made: list[int] = []
        self.changed: set[int] = set()
        self.left: set[int] = set()
        self.missing: set[int] = set()

    def bring(self) -> None:
        """Make the new ones and change the others, all but retiring and deleting."""
        for status_id in sorted(self._new):
            if not self._theirs[status_id].deleted:
                self._make(self._theirs[status_id])
        for status_id in sorted(self._fields.keys() - self._new):
            self._edit(status_id, self._fields[status_id].difference(_LAST))

    def finish(self) -> None:
        """Retire and delete, once the accounts are where they go; a status that is still used stays."""
        for status_id in sorted(self._fields.keys() - self._new):
            for name in _LAST:
                if name in self._fields[status_id]:
                    self._end(status_id, name)

    def here(self, status_id: object) -> object:
        """Return the original's id of a status of the copy."""
        return self._ids.get(status_id, status_id) if isinstance(status_id, int) else status_id

    def _make(self, theirs: Status) -> None:
        fields = cast("StatusFields", {name: getattr(theirs, name) for name in _FIELDS})
        fields["followers"] = tuple(cast("int", self.here(other)) for other in theirs.followers)
        same = _named(self._desk.store.statuses.all(), theirs.name)
        if same is not None:
            self._ids[theirs.id] = same.id
            self.left.add(same.id)
            return
        try:
            self._ids[theirs.id] = status_verbs.add(self._desk, self._change, fields)
        except Refused:
            self.missing.add(theirs.id)
            return
        self.made.append(self._ids[theirs.id])

    def _edit(self, status_id: int, names: Iterable[str]) -> None:
        statuses = self._desk.store.statuses
        ours, theirs = statuses.by_id()[status_id], self._theirs[status_id]
        wanted = {name: getattr(theirs, name) for name in names if getattr(ours, name) != getattr(theirs, name)}
        clashing = {name for name in wanted if name in self._ours.get(status_id, ())}
        if clashing or (wanted and ours.deleted):
            self.left.add(status_id)
        wanted = {} if ours.deleted else {name: wanted[name] for name in wanted if name not in clashing}
        if not wanted:
            return
        try:
            checked = {name: value for name, value in wanted.items() if name in _FIELDS}
            check_edit(ours, cast("StatusFields", checked), statuses.all())
        except Refused:
            self.left.add(status_id)
            return
        self._set(ours, wanted)

    def _end(self, status_id: int, name: str) -> None:
        statuses = self._desk.store.statuses
        ours, wanted = statuses.by_id()[status_id], getattr(self._theirs[status_id], name)
        if getattr(ours, name) == wanted:
            return
        used = name == "deleted" and statuses.counts().get(status_id, (0, 0))[0]
        if used or name in self._ours.get(status_id, ()):
            self.left.add(status_id)
        else:
            self._set(ours, {name: wanted})

    def _set(self, ours: Status, wanted: dict[str, object]) -> None:
        pairs = {name: (getattr(ours, name), value) for name, value in wanted.items()}
        self._desk.store.set_status_fields(self._change, ours.id, pairs)
        self.changed.add(ours.id)


def _named(statuses: Iterable[Status], name: str) -> Status | None:
    return next((status for status in statuses if name_key(status.name) == name_key(name)), None)
