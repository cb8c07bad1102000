"""What a page of worklists asks on its thread: the rows of one view, and what all lists count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from statusdesk.domain.folding import fold
from statusdesk.gui.panes.work.marks import marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.gui.panes.work.worklist import Worklist
    from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one list's view with their keys and folded words, and by list what its views count.

    `marks` are the next planned changes by account (UTC milliseconds); None where the rows get no marks.
    """

    worklist: str = ""
    view: str = ""
    rows: Sequence[Any] = ()
    keys: Sequence[object] = ()
    words: Sequence[str] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    marks: Mapping[int, int] | None = None


def answered(store: Store, lists: Sequence[Worklist[Any]], chosen: Worklist[Any], view: str) -> Answer:
    """Fetch a view of one list, and count all lists; what the rows say themselves is not asked twice."""
    rows = chosen.fetch(store, view)
    known = chosen.counted(rows)
    return Answer(
        chosen.name,
        view,
        rows,
        [chosen.key(row) for row in rows],
        [fold(chosen.words(row)) for row in rows],
        {each.name: known if each is chosen and known else each.counts(store) for each in lists},
        marks_of(store, chosen, rows),
    )
