"""Notices that somebody else changed the database, so that their work shows here by itself."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from statusdesk.domain.places import Server
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.gui.session import Session
from statusdesk.gui.wording import tr

EVERY_MS = 1_000
SOON_MS = 60
"""How long to wait for more after the system told of a write, in milliseconds."""


class Watcher(QObject):
    """Looks at the engine's change mark; a change that is not ours refreshes the session.

    It looks soon after the system tells that the file or its log was written, and once a second in any case,
    because systems forget to tell. A server tells by itself; the session hears whether it answers.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._seen = self._mark()
        session.changed.connect(self._note)
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.look)
        place = session.info.place
        self._files = QFileSystemWatcher(self)
        self._paths = [str(place), f"{place}-wal"] if isinstance(place, Path) else []
        self._file = self._identity()
        self._watch()
        self._files.fileChanged.connect(self._hear)
        if isinstance(place, Server):
            self._listen(place)
            return
        timer = QTimer(self)
        timer.setInterval(EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def _listen(self, server: Server) -> None:
        """Be told by the server instead: asking it each second would keep the window waiting when it is gone."""
        from statusdesk.gui.listener import Listener

        listener = Listener(server, self)
        listener.heard.connect(self._hear)
        listener.lost.connect(self._session.lose)
        listener.found.connect(self._find)
        self._session.lost.connect(listener.look)
        self._session.look_wished.connect(listener.look)
        self._session.closing.connect(listener.end)
        listener.start()

    @Slot(bool)
    def _find(self, anew: bool) -> None:
        self._session.find(anew=anew)

    def look(self) -> None:
        """Refresh the session if somebody else wrote since the last look; not while we write ourselves."""
        if self._is_another_file():
            return
        self._watch()
        if not self._session.jobs.idle:
            self._soon.start(EVERY_MS)
        elif self._mark() != self._seen:
            self._session.refresh()

    def _is_another_file(self) -> bool:
        """Say whether the file has no longer its name; what is written to it from then on nobody would find."""
        if self._file is not None and self._identity() != self._file and not self._session.standing.locked:
            name = Path(self._paths[0]).name
            said = tr(
                "{name} was removed or replaced while it was open here. "
                "Nothing more is changed in this window: open the database again."
            )
            self._session.lock(said.format(name=name))
        return self._file is not None and self._identity() != self._file

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = Path(self._paths[0]).stat()
        except (OSError, IndexError):
            return None
        return found.st_dev, found.st_ino

    def _watch(self) -> None:
        """Watch the file and its log; a log comes and goes."""
        missing = [path for path in self._paths if path not in self._files.files() and Path(path).exists()]
        if missing:
            self._files.addPaths(missing)

    @Slot()
    def _hear(self) -> None:
        if not self._soon.isActive():
            self._soon.start(SOON_MS)

    def _note(self) -> None:
        self._seen = self._mark()

    def _mark(self) -> int:
        try:
            with self._session.reader.db.explained():
                return self._session.reader.db.version()
        except StoreUnavailable:
            return self._seen
