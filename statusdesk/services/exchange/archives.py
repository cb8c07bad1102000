"""Takes workbooks apart without trusting them: tells their kinds apart, and unpacks while counting.

A small archive can ask for more memory than there is, and the sizes that it declares may lie, so the bytes are
counted as they come out. Nothing of an archive is ever written to disk.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from statusdesk.services.exchange.errors import BrokenWorkbook, NotATable, TooLarge, WorkbookLocked
from statusdesk.services.exchange.tables import FileKind

MIB = 1 << 20
MAX_UNPACKED = 1024 * MIB
"""Bytes that all parts of a workbook may unpack to: a million accounts with all their fields are about 900 MiB."""

MAX_PARTS = 2_000
"""Parts of a workbook: sheets, styles, pictures."""

_CHUNK = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = (b"<!doctype", b"<!entity")


class Archive:
    """The parts of a workbook, unpacked on demand; together they may not pass `MAX_UNPACKED`.

    Raises `BrokenWorkbook`, `WorkbookLocked` and `TooLarge`.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            self._zip = ZipFile(BytesIO(data))
        except Exception as problem:
            raise BrokenWorkbook(file=file, reason=said(problem)) from problem
        self.parts = self._zip.infolist()
        self._check_directory()

    def names(self) -> set[str]:
        """Return the paths of the parts."""
        return {part.filename for part in self.parts}

    def chunks(self, part: ZipInfo) -> Iterator[bytes]:
        """Yield a part as it unpacks, whatever size it declares; XML with a document type is refused."""
        part.file_size = MAX_UNPACKED + 1
        with self._zip.open(part) as unpacked:
            first = unpacked.read(_CHUNK)
            self._refuse_doctype(first)
            yield first
            while chunk := unpacked.read(_CHUNK):
                yield chunk

    def _check_directory(self) -> None:
        if len(self.parts) > MAX_PARTS:
            raise BrokenWorkbook(file=self.file, reason=f"it has {len(self.parts)} parts")
        if any(part.flag_bits & 1 for part in self.parts):
            raise WorkbookLocked(file=self.file)
        if any(".." in part.filename.split("/") or part.filename.startswith("/") for part in self.parts):
            raise BrokenWorkbook(file=self.file, reason="a part of it points outside")
        if sum(part.file_size for part in self.parts) > MAX_UNPACKED:
            raise too_large(self.file)

    def _refuse_doctype(self, start: bytes) -> None:
        head = start[:4096].lower()
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and any(word in head for word in _DOCTYPES):
            raise BrokenWorkbook(file=self.file, reason="it declares a document type, which workbooks do not have")


def is_archive(head: bytes) -> bool:
    """Say whether a file that begins like this may be a workbook."""
    return head.startswith((*_ZIP, _OLE))


def kind_of_archive(data: bytes, file: str) -> FileKind:
    """Return the kind of workbook that the bytes are; raises `FileRefused` for other archives."""
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            raise WorkbookLocked(file=file)
        raise NotATable(file=file, what="an old Office file, such as XLS")
    names = Archive(data, file).names()
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if {"content.xml", "mimetype"} <= names:
        return FileKind.ODS
    binary = "xl/workbook.bin" in names
    raise NotATable(file=file, what="a binary Excel workbook (XLSB)" if binary else "a packed archive")


def too_large(file: str) -> TooLarge:
    """Return the error for a workbook that unpacks to too much."""
    return TooLarge(file=file, most=MAX_UNPACKED // MIB)


def said(problem: BaseException) -> str:
    """Return what a library says is wrong, as a part of a sentence."""
    return str(problem).strip().rstrip(".") or type(problem).__name__
