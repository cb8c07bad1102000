"""Windows on something special say so in their title and in a line that stays, and offer the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from statusdesk.domain.places import Server
from statusdesk.domain.rights import Right
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from statusdesk.gui.main_window import MainWindow

_OF_FILES: Final = ("backup_database", "restore_backup", "begin_rehearsal")
_OF_THE_OFFICE: Final = ("import_accounts", "new_account", "manage_lists", "office_settings", "hand_over_billing")


def title(window: MainWindow) -> str:
    """Return the window's title: the database's name, and what is special about it."""
    standing = window.session.standing
    name = (standing.origin or window.session.info.place).name
    said = {
        "own": tr("{database} – StatusDesk"),
        "rehearsal": tr("Rehearsal of {database} – StatusDesk"),
        "readable": tr("{database} (what can be read) – StatusDesk"),
        "looking": tr("{database} (read-only) – StatusDesk"),
    }
    return said[standing.kind].format(database=name)


def dress(window: MainWindow) -> None:
    """Show what is special about the window's database, and rest the deeds that would change it."""
    standing = window.session.standing
    _rest_by_place(window)
    _rest_by_rights(window)
    if standing.kind == "rehearsal" and standing.origin is not None:
        _dress_rehearsal(window, standing.origin.name)
    if not standing.locked:
        return
    window.notice.say(standing.locked)
    _rest(window, ("restore_backup",), standing.locked)
    if standing.kind == "readable" and standing.origin is not None:
        origin = standing.origin
        window.notice.offer("backups", tr("Go back to a backup…"), lambda: window.open_database(origin))


def _rest_by_place(window: MainWindow) -> None:
    """Rest what is for files only, where the database is on a server."""
    if isinstance(window.session.info.place, Server):
        said = tr("This is for files. This database is on a server, whose administrator makes the backups.")
        _rest(window, _OF_FILES, said)


def _rest_by_rights(window: MainWindow) -> None:
    """Rest what this login may not do on its server, and say whom to ask."""
    why = window.session.why_not(Right.SHAPE)
    if why:
        _rest(window, _OF_THE_OFFICE, why)
        window.statuses.rest(why)
        window.accounts.rest(Right.SHAPE, why)
    why = window.session.why_not(Right.MOVE)
    if why:
        window.accounts.rest(Right.MOVE, why)


def _rest(window: MainWindow, names: tuple[str, ...], why: str) -> None:
    """Switch actions off and let them say why, beside the pointer and where the status line shows tips."""
    for name in names:
        action = window.actions_by_name[name]
        action.setEnabled(False)
        action.setToolTip(why)
        action.setStatusTip(why)


def _dress_rehearsal(window: MainWindow, name: str) -> None:
    said = tr("Rehearsal: you are working on a copy. {name} stays as it is until you apply this.")
    window.notice.say(said.format(name=name))
    window.notice.offer("difference", tr("See the difference…"), lambda: window.flows.rehearsing.show_difference())
    window.notice.offer("discard", tr("Throw away…"), lambda: window.flows.rehearsing.throw_away())
    for deed in ("begin_rehearsal", "restore_backup"):
        window.actions_by_name[deed].setEnabled(False)
