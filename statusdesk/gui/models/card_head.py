"""What stands at the top of a consequence card; the deeds word it, the card shows it."""

from dataclasses import dataclass

from PySide6.QtGui import QIcon


@dataclass(frozen=True, slots=True)
class CardHead:
    """The deed in one line, the circumstances in another, and the icon of where it leads."""

    title: str
    subtitle: str
    icon: QIcon
    apply: str
