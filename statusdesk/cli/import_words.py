"""What an import took the file for, and what came of it: lines for people, one object for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from statusdesk.cli.output import plain, print_json, printable
from statusdesk.cli.wording import consequence_lines, effect, headline, outcome_record
from statusdesk.services.exchange.plans import NewStatus
from statusdesk.services.exchange.synonyms import column_key
from statusdesk.services.exchange.tables import FileKind

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from statusdesk.cli.import_plans import Decided, Source
    from statusdesk.cli.output import Record
    from statusdesk.services.exchange.plans import StatusChoice
    from statusdesk.services.importing import ImportReport
    from statusdesk.store.store import Store

_SHOWN = 10
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def tell_import(args: Namespace, store: Store, source: Source, decided: Decided, report: ImportReport) -> None:
    """Print it; refused rows go to standard error, each with its file, line and field."""
    if args.json:
        print_json([_record(args, store, source, decided, report)])
        return
    lines = [
        *_readings(source, decided),
        *_meanings(store, decided),
        *_results(args, store, report),
        *decided.notes,
    ]
    for line in lines:
        print(printable(line))
    sys.stdout.flush()
    for line in _refusals(args, source, decided, report):
        print(printable(line), file=sys.stderr)


def _readings(source: Source, decided: Decided) -> Iterator[str]:
    """Say how the file was read and which column is which field."""
    options = source.table.options
    if source.guess.kind is FileKind.CSV:
        signs = _SIGNS.get(options.delimiter, f"“{options.delimiter}”")
        how = f"{options.encoding}, cells separated by {signs}"
    else:
        how = f"the sheet “{options.sheet}”"
    yield f"{source.table.path.name} is read as {how}."
    if source.guess.doubt is not None and not source.encoding_given:
        yield "It is not UTF-8, so its encoding is a guess: if letters are wrong, say it with --encoding."
    mapping = decided.plan.mapping
    matched = (_matched(name, column, guessed=name in decided.guessed) for name, column in mapping.items())
    yield f"Fields: {', '.join(matched)}."
    unused = [column for column in source.table.columns if column not in mapping.values()]
    if unused:
        yield f"Not used: {', '.join(unused)}."


def _matched(name: str, column: str, *, guessed: bool) -> str:
    if column_key(column) == column_key(name):
        return name
    return f"{name} from “{column}”{' (guessed)' if guessed else ''}"


def _meanings(store: Store, decided: Decided) -> Iterator[str]:
    """Say which status each word of the file means, and what the new ones do."""
    for word, count in decided.counted.items():
        choice = _choice(decided, word)
        if choice is not None:
            shown = f"“{word}”" if word else "empty cells"
            rows = "1 row" if count == 1 else f"{plain(count)} rows"
            yield f"Status: {shown} ({rows}) → {_name(store, choice)}"
    if isinstance(decided.plan.default_status, NewStatus):
        yield f"Status of new accounts: {decided.plan.default_status.name}"
    for status in decided.plan.new_statuses:
        does = effect(activates=status.activates, winback=status.winback)
        why = ": its name does not tell, so change it if need be" if status.name in decided.untold else ""
        yield f"New status: {status.name} ({status.stage.label}, {does}){why}."


def _choice(decided: Decided, word: str) -> StatusChoice | None:
    from statusdesk.domain.folding import name_key

    choices = {name_key(known): choice for known, choice in decided.plan.status_words.items()}
    return choices.get(name_key(word))


def _name(store: Store, choice: StatusChoice) -> str:
    return choice.name if isinstance(choice, NewStatus) else store.statuses.by_id()[choice].name


def _results(args: Namespace, store: Store, report: ImportReport) -> Iterator[str]:
    if report.refused_count and report.refused_count == report.rows:
        yield "Nothing comes in: every row is refused."
    else:
        yield headline(report.outcome, dry_run=args.dry_run)
    counts = {
        "new": report.created,
        "updated": report.updated,
        "already as in the file": report.unchanged,
        "skipped because they exist": report.skipped,
        "refused": report.refused_count,
    }
    told = ", ".join(f"{plain(count)} {what}" for what, count in counts.items() if count)
    yield f"Rows: {plain(report.rows)}{f' ({told})' if told else ''}"
    if report.consequences is not None and report.outcome.changed:
        yield from consequence_lines(report.consequences, store.info.currency, already=False)
    negative = report.findings.negative_charges
    if negative:
        lines = ", ".join(map(str, report.findings.lines[:_SHOWN]))
        yield f"Take care: {plain(negative)} × a negative monthly charge, kept as a credit (line {lines})."


def _refusals(args: Namespace, source: Source, decided: Decided, report: ImportReport) -> Iterator[str]:
    file = source.table.path.name
    for row in report.refused[:_SHOWN]:
        yield f"{file}, {row.sentence[:1].lower()}{row.sentence[1:]}"
    if report.refused_count > _SHOWN:
        yield f"{file}: {plain(report.refused_count - _SHOWN)} more rows are refused."
    if args.refused and report.refused_count:
        yield f"The refused rows are saved in {args.refused}; mend them there, then import that file."
    elif report.refused_count:
        yield "Add --refused FILE.csv to save them for mending."
    if report.refused_count and "status" not in decided.plan.mapping and decided.plan.default_status is None:
        yield "No column is matched to the status: add --map status=COLUMN or --default-status NAME."


def _record(args: Namespace, store: Store, source: Source, decided: Decided, report: ImportReport) -> Record:
    counted = {word: _choice(decided, word) for word in decided.counted}
    return {
        **outcome_record(store, report.outcome, dry_run=args.dry_run),
        "file": source.table.path.name,
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
        "refused": report.refused_count,
        "refused_rows": [
            {"line": row.line, "field": row.field, "column": row.column, "value": row.value, "reason": row.reason}
            for row in report.refused
        ],
        "negative_charges": report.findings.negative_charges,
        "new_statuses": list(report.new_statuses),
        "new_types": list(report.new_types),
        "mapping": dict(decided.plan.mapping),
        "guessed": sorted(decided.guessed),
        "status_values": {
            word: None if choice is None else _name(store, choice) for word, choice in counted.items()
        },
        "notes": list(decided.notes),
    }
