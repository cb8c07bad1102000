"""What was chosen from a list of the office: found without regard to case, and refused where it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.choices import TITLES
from statusdesk.domain.errors import ChoiceMissing, NotOffered
from statusdesk.domain.folding import clean, name_key

if TYPE_CHECKING:
    from statusdesk.domain.choices import ChoiceList
    from statusdesk.store.store import Store


def chosen(store: Store, which: ChoiceList, value: str, *, needed: bool) -> str:
    """Return the name as the list has it; an empty one stays so. Raises `ChoiceMissing`, `NotOffered`."""
    names = store.choices.names(which)
    wanted = clean(value)
    if not wanted:
        if needed:
            raise ChoiceMissing(offered=", ".join(names) or "—")
        return ""
    found = next((name for name in names if name_key(name) == name_key(wanted)), None)
    if found is None:
        raise NotOffered(value=wanted, list=TITLES[which].lower(), offered=", ".join(names) or "—")
    return found
