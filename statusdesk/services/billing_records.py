"""A bill as flat records, for files and for programs: a line for each account and charge, amounts as decimals."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING

from statusdesk.domain.phrases import describe
from statusdesk.services.exchange.errors import UnknownBillEnding
from statusdesk.services.exchange.writing import in_place, write_records
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from statusdesk.services.billing import Bill, Difference
    from statusdesk.services.records_out import Record

ENDINGS = (".csv", ".xlsx", ".json")
"""How the file of a bill may end."""

FIELDS = ("month", "method", "number", "name", "days", "monthly_charge", "amount")


def line_records(made: Bill, currency: str) -> Iterator[Record]:
    """Yield a record for each account and charge; their amounts add up to the total."""
    for line in made.lines:
        for part in line.parts:
            yield {
                "month": made.month,
                "method": made.method.value,
                "number": line.number,
                "name": line.name,
                "days": part.days,
                "monthly_charge": amount(part.charge, currency),
                "amount": amount(part.amount, currency),
            }


def change_records(made: Bill, currency: str) -> Iterator[Record]:
    """Yield a record for each account that is billed otherwise than by the first run, with the reason."""
    for changed in made.differences:
        yield {
            "number": changed.line.number,
            "name": changed.line.name,
            "days_before": changed.days_before,
            "days": changed.line.days,
            "amount_before": amount(changed.amount_before, currency),
            "amount": amount(changed.line.amount, currency),
            "why": why(changed),
        }


def why(changed: Difference) -> str:
    """Say what came between two runs: what was done, and the reason given for it."""
    said = (f"{describe(one)} ({one.reason})" if one.reason else describe(one) for one in changed.because)
    return "; ".join(dict.fromkeys(said))


def write_bill(path: Path, made: Bill, currency: str) -> int:
    """Write the lines as the file's ending says (.csv, .xlsx, .json) and return their number.

    Raises `UnknownBillEnding`, `CannotWrite`, `TooManyRows`.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownBillEnding(file=path.name)
    records = line_records(made, currency)
    if ending == ".json":
        return _write_json(path, records)
    return write_records(path, FIELDS, records, sheet=made.month)


def _write_json(path: Path, records: Iterator[Record]) -> int:
    """Write a list of objects, one on each line; amounts are numbers with exactly the digits of the currency."""
    count = 0
    with in_place(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for count, record in enumerate(records, 1):
            pairs = (f"{json.dumps(name)}: {_json(value)}" for name, value in record.items())
            file.write((",\n" if count > 1 else "\n") + "{" + ", ".join(pairs) + "}")
        file.write("\n]\n" if count else "]\n")
        file.flush()
        os.fsync(file.fileno())
    return count


def _json(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
