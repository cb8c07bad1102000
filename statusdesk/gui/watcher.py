"""Notices that another program changed the database, so that its work shows here by itself."""

from PySide6.QtCore import QObject, QTimer

from statusdesk.domain.errors import StoreUnavailable
from statusdesk.gui.session import Session

EVERY_MS = 1_000


class Watcher(QObject):
    """Looks at the engine's change mark once a second; a change that is not ours refreshes the session."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._seen = self._mark()
        session.changed.connect(self._note)
        timer = QTimer(self)
        timer.setInterval(EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Refresh the session if somebody else wrote since the last look; not while we write ourselves."""
        if self._session.jobs.idle and self._mark() != self._seen:
            self._session.refresh()

    def _note(self) -> None:
        self._seen = self._mark()

    def _mark(self) -> int:
        try:
            with self._session.reader.db.explained():
                return self._session.reader.db.version()
        except StoreUnavailable:
            return self._seen
