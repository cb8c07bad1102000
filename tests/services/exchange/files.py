"""Files as people send them, made for one test each."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from statusdesk.services.exchange.tables import Table

TELCO = Path(__file__).parents[2] / "data" / "telco-customers.csv"

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def text_file(folder: Path, content: str | bytes, *, encoding: str = "utf-8", name: str = "accounts.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def sheet_file(folder: Path, *rows: tuple[object, ...], name: str = "accounts.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Accounts")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def parts_file(folder: Path, parts: dict[str, bytes | str], name: str = "accounts.xlsx") -> Path:
    path = folder / name
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def changed_parts(path: Path, **contents: bytes) -> Path:
    """Rewrite parts of a workbook, given by the ends of their names with `__` for the dot."""
    with ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    for ending, content in contents.items():
        (name,) = (part for part in parts if part.endswith("/" + ending.replace("__", ".")))
        parts[name] = content
    return parts_file(path.parent, parts, path.name)


def ods_file(folder: Path, rows: str) -> Path:
    content = (
        f"<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Accounts">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return parts_file(
        folder,
        {"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, "content.xml": content},
        "accounts.ods",
    )


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def cells_of(table: Table) -> list[list[str]]:
    return [cells for _, cells in table.rows()]
