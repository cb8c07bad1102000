"""What stands at the top of a consequence card; the deeds word it, the card shows it."""

from dataclasses import dataclass

from PySide6.QtGui import QIcon


@dataclass(frozen=True, slots=True)
class Fact:
    """One row below the figures: its label, what happens, and an addition in muted text."""

    label: str
    text: str
    addition: str = ""


@dataclass(frozen=True, slots=True)
class CardHead:
    """The deed in one line, the circumstances in another, and the icon of where it leads.

    `facts` come before those that every card has; `note` takes the place of the foot's promise of an undo.
    `customer_note` is what to tell the customer. A `careful` card begins on Cancel.
    """

    title: str
    subtitle: str
    icon: QIcon
    apply: str
    facts: tuple[Fact, ...] = ()
    note: str = ""
    customer_note: str = ""
    careful: bool = False
