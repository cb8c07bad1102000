"""What an account gets from the network: its level, where that shows, and the sentence that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from statusdesk.domain.records import Account
    from statusdesk.gui.session import Session


class DetailsGroups(QWidget):
    """The service level of one account and why it has it; not there where the office works without levels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_groups")
        self.setAccessibleName(tr("Network"))
        self._session = session
        self._level = TextLabel("", Type.STRONG, wrap=True)
        self._level.setObjectName("details_level")
        self._places = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._places.setObjectName("details_level_places")
        self._why = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._why.setObjectName("details_level_why")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(4)
        column.addWidget(Hairline())
        column.addSpacing(6)
        column.addWidget(TextLabel(tr("Network"), Type.HEADING))
        column.addSpacing(2)
        for part in (self._level, self._places, self._why):
            column.addWidget(part)
        self.hide()

    def show_account(self, account: Account) -> None:
        """Show another account's level, or the same one's as it is now."""
        reader = self._session.reader
        if not reader.has_levels():
            self.hide()
            return
        from statusdesk.gui.models.level_texts import places_of, why_of

        given = reader.levels.grid().given(
            account.status_id, delinquent=account.delinquent, plan=account.service_level
        )
        self._level.setText(given.level.name if given.level else tr("No service level"))
        places = places_of(given.level, account) if given.level else ""
        self._places.setText(places)
        self._places.setVisible(bool(places))
        self._why.setText(why_of(given, account, self._session.status(account.status_id)))
        self.show()
