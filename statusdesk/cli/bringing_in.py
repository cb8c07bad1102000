"""`import`: the accounts of a file come in as one change, or a dry run says what would happen."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, add_command, add_making, add_writing, text
from statusdesk.cli.desks import at_desk, is_missing, rehearsal
from statusdesk.domain.fields import FIELD
from statusdesk.domain.instants import DATE_FORMATS, spelled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from statusdesk.cli.arguments import Commands
    from statusdesk.services.importing import Progress

_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
_DECIMALS = {".": ".", ",": ",", "point": ".", "comma": ","}
_WIPE = "\r\x1b[K"
_MORE = (
    "Columns are matched to fields by their names where --map does not say, and words to statuses where"
    " --status-value does not; the output says how. Rows that cannot be brought in are left out and told by line."
    " The exit code is 1 where no row came in because all were refused."
)


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands, "import", "Bring in the accounts of a CSV, XLSX or ODS file.", _import, more=_MORE
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the file, with one account in each row")
    _add_meaning(parser)
    _add_reading(parser)
    parser.add_argument("--refused", type=Path, metavar="FILE.csv", help="save the refused rows, to be mended")
    add_writing(parser)
    add_making(parser)


def _add_meaning(parser: ArgumentParser) -> None:
    meaning = parser.add_argument_group("what the columns and words mean")
    meaning.add_argument(
        "--map",
        action="append",
        default=[],
        type=_mapped,
        metavar="FIELD=COLUMN",
        help=f"take a field from this column, or from none with FIELD= (repeatable); fields: {', '.join(FIELD)}",
    )
    meaning.add_argument(
        "--status-value",
        action="append",
        default=[],
        type=_meant,
        metavar="WORD=STATUS",
        help="what a word in the status column means (repeatable); =STATUS is for empty cells",
    )
    meaning.add_argument(
        "--create-statuses",
        action="store_true",
        help="make the statuses that are not there yet; whether they are billed is told from their names, and not"
        " billed is what the others are",
    )
    meaning.add_argument(
        "--default-status",
        type=text,
        metavar="NAME",
        help="the status of new accounts for which the file has none",
    )
    meaning.add_argument(
        "--on-existing",
        choices=("update", "skip"),
        default=None,
        help="what is done with numbers that exist already (default: update)",
    )
    meaning.add_argument(
        "--mapping", type=text, metavar="NAME", help="use a matching that was saved, here or by window"
    )
    meaning.add_argument("--save-mapping", type=text, metavar="NAME", help="save this matching for the next file")


def _add_reading(parser: ArgumentParser) -> None:
    reading = parser.add_argument_group("how the file is read, where the guess is wrong")
    reading.add_argument("--encoding", type=text, help="such as utf-8 or windows-1252")
    reading.add_argument("--delimiter", type=_delimiter, metavar="SIGN", help="such as , or ; or tab")
    reading.add_argument(
        "--no-header", action="store_true", help="the first row is an account: columns are “Column 1” …"
    )
    reading.add_argument("--sheet", type=text, metavar="NAME", help="the sheet of a workbook (default: the first)")
    reading.add_argument("--decimal", type=_decimal, metavar="SIGN", help="the decimal mark of amounts: . or ,")
    reading.add_argument(
        "--date-format",
        type=_date_format,
        metavar="FORMAT",
        help="; ".join(map(spelled, DATE_FORMATS)),
    )


def _mapped(word: str) -> tuple[str, str]:
    name, sign, column = text(word).partition("=")
    if not sign or not name.strip():
        raise ArgumentTypeError(f"{word!r} is not of the form FIELD=COLUMN")
    if name.strip() not in FIELD:
        raise ArgumentTypeError(f"accounts have no field {name.strip()!r}; the fields are {', '.join(FIELD)}")
    return name.strip(), " ".join(column.split())


def _meant(word: str) -> tuple[str, str]:
    meant, sign, status = text(word).rpartition("=")
    if not sign or not status.strip():
        raise ArgumentTypeError(f"{word!r} is not of the form WORD=STATUS")
    return meant.strip(), status.strip()


def _delimiter(word: str) -> str:
    return _DELIMITERS.get(word.lower(), text(word))


def _decimal(word: str) -> str:
    if word not in _DECIMALS:
        raise ArgumentTypeError(f"{word!r} is neither . nor ,")
    return _DECIMALS[word]


def _date_format(word: str) -> str:
    known = {spelled(style): style for style in DATE_FORMATS} | {style: style for style in DATE_FORMATS}
    if word not in known:
        raise ArgumentTypeError(f"{word!r} is none of {', '.join(map(spelled, DATE_FORMATS))}")
    return known[word]


def _import(args: Namespace) -> int:
    from statusdesk.cli.import_plans import make_plan, open_file, save_plan
    from statusdesk.cli.import_words import tell_import
    from statusdesk.services.importing import import_table, save_refused, used_statuses

    _refuse_overwriting(args)
    source = open_file(args)
    if is_missing(args):
        with rehearsal(args) as store:
            make_plan(args, source, store.statuses.all())  # what is refused makes no database
    with at_desk(args, make=True) as desk:
        decided = make_plan(args, source, desk.store.statuses.all(), used_statuses(desk.store))
        with _progress() as progress:
            report = import_table(
                desk, source.table, decided.plan, reason=args.reason, dry_run=args.dry_run, progress=progress
            )
        if args.refused and report.refused_count:
            save_refused(desk, source.table, decided.plan, report, args.refused)
        if args.save_mapping and not args.dry_run:
            save_plan(args.save_mapping, source, decided.plan, desk.store.statuses.all())
        tell_import(args, desk.store, source, decided, report)
    return 1 if report.refused_count and report.refused_count == report.rows else 0


def _refuse_overwriting(args: Namespace) -> None:
    if args.refused and args.refused.exists() and args.file.exists() and args.refused.samefile(args.file):
        raise WrongUsage("--refused would replace the file itself: name another one.")


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Lend what keeps one line of a terminal true, and wipe that line in the end; None where there is none."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(rows: int, fraction: float) -> None:
        print(f"{_WIPE}{rows:,} rows read, {fraction:.0%}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print(_WIPE, end="", file=sys.stderr, flush=True)
