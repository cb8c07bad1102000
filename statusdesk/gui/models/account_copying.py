"""Accounts for the clipboard: as text with tabs for any program, as a table for spreadsheets and letters."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QMimeData

from statusdesk.domain.errors import Refused
from statusdesk.domain.records import Account
from statusdesk.gui.models.account_columns import Column
from statusdesk.services.listing import Listing

MOST: Final = 100_000
"""How many accounts go through the clipboard at most; other programs choke on more."""

AT_ONCE: Final = 1_000
"""How many are read at once; not more than these are copied on the painting thread."""

_KEPT_AS_TEXT: Final = " style=\"mso-number-format:'\\@'\""


class TooManyToCopy(Refused):
    """More accounts than other programs take from a clipboard."""

    sentence = (
        "{count} accounts are too many to copy. Write them to a file with File ▸ Export ▸ Accounts… instead."
    )


Copied = tuple[str, str]
"""The same cells twice: as text with tabs, and as HTML."""


def copied(columns: Sequence[Column], accounts: Iterable[Account], *, headers: bool) -> Copied:
    """Return the cells of these accounts; numbers as this country's spreadsheets read them, days as ISO."""
    rows = [[column.plain(account) for column in columns] for account in accounts]
    titles = [column.title for column in columns]
    lines = ["\t".join(map(_one_line, row)) for row in ([titles, *rows] if headers else rows)]
    return "\n".join(lines) + "\n", "".join(_table(columns, titles if headers else (), rows))


def read_and_copied(listing: Listing, columns: Sequence[Column], ids: Sequence[int], *, headers: bool) -> Copied:
    """Return the cells of many accounts, read from a listing a thousand at a time."""
    pages = (listing.page(ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE))
    return copied(columns, (account for page in pages for account in page), headers=headers)


def mime_data(cells: Copied) -> QMimeData:
    """Return what the clipboard takes."""
    data = QMimeData()
    data.setText(cells[0])
    data.setHtml(cells[1])
    return data


def _table(columns: Sequence[Column], titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield '<meta charset="utf-8"><table>'
    if titles:
        yield f"<tr>{''.join(f'<th>{escape(title)}</th>' for title in titles)}</tr>"
    styles = ["" if column.trailing else _KEPT_AS_TEXT for column in columns]
    for row in rows:
        cells = zip(styles, row, strict=True)
        yield f"<tr>{''.join(f'<td{style}>{escape(cell)}</td>' for style, cell in cells)}</tr>"
    yield "</table>"


def _one_line(cell: str) -> str:
    return " ".join(cell.split()) if any(mark in cell for mark in "\t\r\n") else cell
