"""The lists that the office manages: account types, reasons, sources, agencies; every change of them undoable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched
from statusdesk.domain.choices import TITLES, ChoiceList, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk

KIND = "choices"


def set_choices(desk: Desk, wanted: Mapping[ChoiceList, Sequence[str]], *, dry_run: bool) -> Outcome:
    """Replace some lists, in one change set; the others and what accounts have stay as they are."""
    choices = desk.store.choices
    with desk.store.change(author=desk.author, kind=KIND, at=desk.clock(), keep=not dry_run) as change:
        new = {which: tidy(names) for which, names in wanted.items()}
        old = {which: choices.names(which) for which in new}
        changed = [which for which in ChoiceList if which in new and new[which] != old[which]]
        if not changed:
            change.keep = False
            return Outcome(KIND, already=1)
        for which in changed:
            choices.set(which, new[which])
        change.facts = {
            "lists": ", ".join(TITLES[which] for which in changed),
            "old": json.dumps({which: old[which] for which in changed}, ensure_ascii=False),
            "new": json.dumps({which: new[which] for which in changed}, ensure_ascii=False),
        }
        touched = Touched(settings=True) if change.keep else Touched()
        return Outcome(KIND, change.kept_id, 1, touched=touched, facts=change.facts)


def take_back(desk: Desk, target: ChangeSet) -> None:
    """Put back what a change set did to lists, or do it again, but for lists that were changed since."""
    if KIND not in (target.kind, target.facts.get("of")):
        return
    sides = [json.loads(target.facts[side]) for side in ("old", "new")]
    before, after = reversed(sides) if target.kind == "undo" else sides
    for name, names in before.items():
        which = ChoiceList(name)
        if desk.store.choices.names(which) == tuple(after[name]):
            desk.store.choices.set(which, names)
