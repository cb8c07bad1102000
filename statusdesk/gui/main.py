"""Starting the window, or painting it into a file without any screen."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSize, QTranslator, qVersion
from PySide6.QtWidgets import QApplication

from statusdesk import __version__
from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.places import Place
from statusdesk.domain.rights import Right
from statusdesk.domain.store_errors import OnShare, ReadOnly
from statusdesk.gui import reports, settings
from statusdesk.gui.icons import app_icon
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.models.standing import OWN, Standing
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Scheme, apply_theme
from statusdesk.gui.wording import error_text, tr
from statusdesk.services import logbook
from statusdesk.services.opening import author_at, current_author, is_missing, open_store
from statusdesk.store.store import Store

SCREENSHOT_SIZE = QSize(1440, 900)


def open_session(database: Place, *, demo: bool = False) -> Session:
    """Open a database for a window; makes the demo, or an empty one, where there is none.

    Raises `StatusDeskError` with the sentence to show.
    """
    if demo and isinstance(database, Path) and is_missing(database):
        from statusdesk.services.demo import make_demo

        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_demo(database)
    try:
        writer = open_store(database)
    except (OnShare, ReadOnly) as error:
        return _for_looking(database, error)
    try:
        writer.db.check_writable()
        reader = open_store(database, "read")
    except ReadOnly as error:
        writer.close()
        return _for_looking(database, error)
    except BaseException:
        writer.close()
        raise
    return Session(writer, reader, author=author_at(writer), standing=_standing(database, writer))


def _standing(database: Place, store: Store) -> Standing:
    """Say whether this is a rehearsal, and what this login may do, as the server knows it."""
    if isinstance(database, Path) and database.name.endswith(".rehearsal.statusdesk"):
        from statusdesk.services.rehearsing import origin_of

        origin = origin_of(store)
        return OWN if origin is None else Standing("rehearsal", origin)
    if Right.MOVE in store.db.rights():
        return OWN
    said = tr("Your login {login} is for looking: ask the owner of this database for the role support or office.")
    return Standing("looking", None, said.format(login=store.db.login))


def _for_looking(database: Place, why: StatusDeskError) -> Session:
    """Open a database that cannot be written; its window says why."""
    standing = Standing("looking", database if isinstance(database, Path) else None, error_text(why))
    return Session(
        open_store(database, "read"), open_store(database, "read"), author=current_author(), standing=standing
    )


def run_window(database: Place, *, demo: bool) -> int:
    """Show the window until it is closed; returns the exit code."""
    app = _application()
    reports.install(_tell)
    apply_theme(app, settings.scheme())
    try:
        session = open_session(database, demo=demo)
    except StatusDeskError as error:
        return _say_why_not(app, database, error)
    _show(session)
    return app.exec()


def _tell(error: StatusDeskError) -> None:
    """Say in the window that people work in what kept something from being done that nobody else told of."""
    opened = sorted(MainWindow.opened, key=MainWindow.isActiveWindow)
    if opened:
        opened[-1].session.tell(error)


def _show(session: Session) -> None:
    window = MainWindow(session)
    window.show()
    window.when_settled(_settle)


def _settle() -> None:
    """Do what can wait until the window stands."""
    import platform

    _collect_garbage()
    logbook.start()
    logbook.note("opened", version=__version__, python=platform.python_version(), qt=qVersion())


def _collect_garbage() -> None:
    """Begin to collect garbage; what starting made stays as long as the window, so it is never looked at."""
    gc.freeze()
    gc.enable()


def _say_why_not(app: QApplication, database: Place, error: StatusDeskError) -> int:
    """Show why there is no window, on the terminal and in a window that offers a way on if there is one."""
    from statusdesk.gui.flows.trouble import Trouble, can_help
    from statusdesk.gui.prompts import Prompts

    _complain(error_text(error))
    if isinstance(database, Path) and can_help(error, database):
        trouble = Trouble(database, error, show=_show, reopen=lambda path: _show(open_session(path)))
        trouble.dialog.rejected.connect(lambda: app.exit(1))
        return app.exec()
    Prompts().tell_error(None, error_text(error))
    app.exec()
    return 1


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def take_screenshot(database: Place, file: Path, *, dark: bool, demo: bool = False) -> int:
    """Paint the window into a PNG file, without any screen; returns the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = _application()
    scheme: Scheme = "dark" if dark else "light"
    apply_theme(app, scheme)
    try:
        session = open_session(database, demo=demo)
    except StatusDeskError as error:
        _complain(error_text(error))
        return 1
    window = MainWindow(session, remembers=False)
    window.resize(SCREENSHOT_SIZE)
    window.show()
    window.when_settled(lambda: _grab(window, file, app))
    return app.exec()


def _grab(window: MainWindow, file: Path, app: QApplication) -> None:
    done = window.grab().save(str(file), "PNG")
    if not done:
        _complain(f"{file} could not be written. Name a file in a folder that you may write to.")
    window.close()
    app.exit(0 if done else 1)


def _application() -> QApplication:
    QCoreApplication.setOrganizationName("StatusDesk")
    QCoreApplication.setApplicationName("StatusDesk")
    QCoreApplication.setApplicationVersion(__version__)
    app = QApplication(sys.argv[:1])
    app.setDesktopFileName("net.statusdesk.StatusDesk")
    app.setWindowIcon(app_icon())
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", folder):
        app.installTranslator(translator)
    return app
