"""A bill as flat records, for files and for programs: a line for each account and charge, amounts as decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.phrases import describe
from statusdesk.services.exchange.writing import write_records
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from statusdesk.services.billing import Bill, Difference
    from statusdesk.services.records_out import Record

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
    """Write the lines as the file's ending says (.csv, .xlsx) and return their number.

    Raises `UnknownEnding`, `CannotWrite`, `TooManyRows`.
    """
    return write_records(path, FIELDS, list(line_records(made, currency)))
