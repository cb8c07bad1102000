"""What the accounts pane says about its list: filters in force, how many there are, and why there are none."""

from typing import NamedTuple

from statusdesk.gui import formats
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.status_chips import ChipText
from statusdesk.gui.wording import accounts_text, fact, tr
from statusdesk.services.listing import ListQuery


class EmptyText(NamedTuple):
    """What stands where nothing is listed: a sentence, a button and what it does, and a link."""

    sentence: str
    button: str
    deed: str
    link: str = ""


def chips_of(session: Session, query: ListQuery) -> list[ChipText]:
    """Return the filters in force: a change set, accounts found elsewhere, or statuses in people's order."""
    if query.change_set is not None:
        return [ChipText(query.change_set, _change_text(session, query.change_set))]
    if query.among is not None:
        return [ChipText(0, query.among.title)]
    wanted = query.status_ids or frozenset()
    return [
        ChipText(
            line.status.id,
            line.status.name,
            formats.count(line.accounts),
            line.status.shape,
            line.status.colour,
        )
        for line in session.lines
        if line.status.id in wanted
    ]


def _change_text(session: Session, change_set: int) -> str:
    found = session.reader.journal.get(change_set)
    return tr("One change") if found is None else fact(found.kind, found.facts)


def count_text(count: int, *, complete: bool) -> str:
    """Say how many accounts are listed; while that is not known, that there are at least so many."""
    if complete:
        return accounts_text(count)
    return tr("{count}+ accounts").format(count=formats.count(count)) if count else ""


def empty_text(session: Session, query: ListQuery) -> EmptyText:
    """Say why nothing is listed, and offer the way on."""
    if not session.totals.accounts:
        return EmptyText(tr("No accounts yet."), tr("Import…"), "import", tr("Open the demo"))
    if query.search.strip():
        return _nothing_found(session, query, query.search.strip())
    if query.change_set is not None or query.among is not None:
        return EmptyText(tr("None of these accounts is there any more."), tr("Show all"), "all")
    names = [session.status(status_id).name for status_id in _in_order(session, query)]
    return EmptyText(tr("No account is in {statuses}.").format(statuses=_listed(names)), tr("Show all"), "all")


def _nothing_found(session: Session, query: ListQuery, words: str) -> EmptyText:
    """Say that a search found nothing; what is sought may be in a status that was not searched."""
    if query.change_set is not None or query.among is not None:
        sentence = tr("None of these accounts matches “{words}”.").format(words=words)
        return EmptyText(sentence, tr("Clear search"), "clear", tr("Search all accounts"))
    names = [session.status(status_id).name for status_id in _in_order(session, query)]
    if not names:
        return EmptyText(tr("Nothing matches “{words}”.").format(words=words), tr("Clear search"), "clear")
    sentence = tr("Nothing in {statuses} matches “{words}”.").format(statuses=_listed(names), words=words)
    return EmptyText(sentence, tr("Clear search"), "clear", tr("Search all statuses"))


def _in_order(session: Session, query: ListQuery) -> list[int]:
    wanted = query.status_ids or frozenset()
    listed = [line.status.id for line in session.lines if line.status.id in wanted]
    return listed + sorted(wanted.difference(listed))


def _listed(names: list[str]) -> str:
    """Return names as a list in words: “Paused, Vacation or Lead”."""
    if len(names) < 2:
        return "".join(names)
    return tr("{first} or {last}").format(first=", ".join(names[:-1]), last=names[-1])
