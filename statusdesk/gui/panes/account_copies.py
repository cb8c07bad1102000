"""Puts selected accounts onto the clipboard: a few at once, many from the list's own thread, too many never."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from statusdesk.domain.errors import StatusDeskError
from statusdesk.gui import formats
from statusdesk.gui.models.account_copying import (
    AT_ONCE,
    MOST,
    Copied,
    TooManyToCopy,
    copied,
    mime_data,
    read_and_copied,
)
from statusdesk.gui.panes.account_list import AccountList
from statusdesk.gui.session import Session


def copy_selected(session: Session, accounts: AccountList, *, headers: bool) -> None:
    """Copy the shown columns of the selected accounts, both in the order in which they stand."""
    selection, columns = accounts.selection, accounts.table.head.shown()
    if selection.count > MOST:
        session.failed.emit(TooManyToCopy(count=formats.count(selection.count)))
        return
    ids = selection.ids_in_order()
    if not ids:
        return
    if len(ids) <= AT_ONCE:
        try:
            _put(copied(columns, accounts.fetch(ids), headers=headers))
        except StatusDeskError as error:
            session.failed.emit(error)
    else:
        accounts.read(partial(read_and_copied, columns=columns, ids=ids, headers=headers), _put)


def _put(cells: Copied) -> None:
    QGuiApplication.clipboard().setMimeData(mime_data(cells))
