"""One account's history in words: what each step did, who did it and why, and which steps can be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.records import ChangeSet, TimelineEntry
from statusdesk.gui import formats
from statusdesk.gui.wording import fact, field_name, tr

_LATE_MS = 60_000
_SELF_EVIDENT = ("reassign", "edit_account")


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the timeline shows it.

    `shape` and `colour` are those of its status; where they are empty, `sign` is an action icon. `link` offers to
    take its change set back and is empty where there is no such offer; `tip` says all that the change set did.
    """

    change_set: int
    title: str
    moment: str
    details: tuple[str, ...]
    who_and_why: str
    shape: str = ""
    colour: str = ""
    sign: str = "edit"
    undone: bool = False
    link: str = ""
    tip: str = ""

    @property
    def text(self) -> str:
        """The whole step in one line, for screen readers and for copying."""
        what = ", ".join((self.title, *self.details))
        parts = (what, self.moment, self.who_and_why, tr("undone") if self.undone else "")
        return " · ".join(part for part in parts if part)


def steps(
    entries: Sequence[TimelineEntry], change_sets: Mapping[int, ChangeSet], *, currency: str, zone: str
) -> list[Step]:
    """Word the entries of a timeline, newest first."""
    offered = _offered(entries, change_sets)
    return [_step(entry, change_sets[entry.change_set_id], offered, currency, zone) for entry in entries]


def _offered(entries: Sequence[TimelineEntry], change_sets: Mapping[int, ChangeSet]) -> set[int]:
    """Return the change sets whose undo would change this account: the one on top, and an undo that is the newest.

    Older ones would leave this account alone and change others, so only the page of the history offers them.
    """
    found: set[int] = set()
    taken_back: set[int] = set()
    for place, entry in enumerate(entries):
        change_set = change_sets[entry.change_set_id]
        if change_set.id in taken_back:
            continue
        if not change_set.reverted and (place == 0 or change_set.kind != "undo"):
            found.add(change_set.id)
        if change_set.kind != "undo" or change_set.reverts is None:
            break
        taken_back.add(change_set.reverts)
    return found


def _step(entry: TimelineEntry, change_set: ChangeSet, offered: set[int], currency: str, zone: str) -> Step:
    title, shape, colour, sign = tr("Changed"), "", "", "edit"
    if entry.new_status is None:
        title, sign = tr("Closed"), "close"
    elif entry.old_status is None or entry.old_status.id != entry.new_status.id:
        title, shape, colour = entry.new_status.name, entry.new_status.shape, entry.new_status.colour
    said = fact(change_set.kind, change_set.facts)
    return Step(
        change_set=change_set.id,
        title=title,
        moment=formats.moment(entry.effective_at, zone),
        details=(*_changes(entry, currency), *_planned(entry, zone)),
        who_and_why=_who_and_why(entry, said),
        shape=shape,
        colour=colour,
        sign=sign,
        undone=change_set.reverted,
        link=_link(change_set) if change_set.id in offered else "",
        tip=said,
    )


def _link(change_set: ChangeSet) -> str:
    again = change_set.kind == "undo"
    if change_set.accounts <= 1:
        return tr("Redo…") if again else tr("Undo…")
    text = tr("Redo for {count}…") if again else tr("Undo for {count}…")
    return text.format(count=formats.count(change_set.accounts))


def _planned(entry: TimelineEntry, zone: str) -> Iterator[str]:
    """Yield who planned a step and when, and when it was carried out if that was after its time."""
    if entry.planned is None:
        return
    planned = tr("Planned by {who} on {moment}")
    yield planned.format(who=entry.planned.planned_by, moment=formats.moment(entry.planned.planned_at, zone))
    if entry.recorded_at - entry.effective_at >= _LATE_MS:
        yield tr("Carried out on {moment}").format(moment=formats.moment(entry.recorded_at, zone))


def _who_and_why(entry: TimelineEntry, said: str) -> str:
    why = entry.reason if entry.planned is None else entry.planned.reason
    if not why and entry.kind == "create_account":
        why = tr("Added")
    elif not why and entry.planned is None and entry.kind not in _SELF_EVIDENT:
        why = said
    return " · ".join(part for part in (entry.author, why) if part)


def _changes(entry: TimelineEntry, currency: str) -> Iterator[str]:
    """Yield what changed beside the status: “Monthly charge 29.90 → 34.90”."""
    if entry.old_status is None or entry.new_status is None:
        return
    if entry.old_charge != entry.new_charge:
        yield _change(
            "monthly_charge", *(formats.money(charge, currency) for charge in (entry.old_charge, entry.new_charge))
        )
    if entry.old_delinquent != entry.new_delinquent:
        yield tr("Delinquent") if entry.new_delinquent else tr("No longer delinquent")
    for change in entry.fields:
        yield _change(change.field, *(value_text(change.field, x, currency) for x in (change.old, change.new)))


def _change(name: str, old: str, new: str) -> str:
    return f"{field_name(FIELD[name])} {old or formats.NOTHING} → {new or formats.NOTHING}"


def value_text(name: str, value: str, currency: str) -> str:
    """Write a plain field's journalled text for people; an empty one stays empty."""
    kind = FIELD[name].kind
    if kind is Kind.MONEY:
        return formats.money(int(value or 0), currency)
    if kind is Kind.DATE:
        return formats.date(value)
    return " ".join(value.split()) if kind is Kind.LONG_TEXT else value
