"""What a table seems to mean as accounts: its columns, its amounts and dates, the words of its status column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.folding import name_key
from statusdesk.domain.instants import DATE_FORMATS
from statusdesk.services.exchange.mapping import match_columns
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.status_words import (
    guess_status_words,
    status_words_in,
    suggest_status,
    words_left,
)
from statusdesk.services.exchange.styles import guess_styles

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from statusdesk.domain.records import Status
    from statusdesk.services.exchange.plans import NewStatus
    from statusdesk.services.exchange.tables import Table


@dataclass(frozen=True, slots=True)
class StatusGuess:
    """The words of a status column, and what they may mean.

    `counted` says how many rows have each word, the commonest first; "" stands for empty cells. `known` are the
    clear ones, with the id of their status. `proposed` are new statuses for words that say what theirs would be:
    to be offered, and never made unasked. `open` are the words that only a person can decide.
    """

    counted: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    proposed: dict[str, NewStatus] = field(default_factory=dict)
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanGuess:
    """What a table seems to mean, for people to check.

    `plan` can be tried as it is, if its `mapping` has the number; it holds the clear status words, the decimal
    mark and the date style. `guessed` are the fields whose column was guessed. `date_styles` are the formats that
    the dates fit, the likeliest first: with more than one, a person must choose. `words` is empty without a
    status column.
    """

    plan: ImportPlan
    guessed: frozenset[str]
    date_styles: tuple[str, ...]
    words: StatusGuess


def guess_plan(
    table: Table,
    statuses: Iterable[Status],
    given: Mapping[str, str] | None = None,
    *,
    used: Container[int] = frozenset(),
) -> PlanGuess:
    """Guess how the table becomes accounts; `given` (field → column) is what people decided already.

    `used` are the ids of statuses that accounts have; see `guess_words`.
    Reads the whole status column. Raises `NoSuchField`, `NoSuchColumn`, and `FileRefused` while reading.
    """
    match = match_columns(table.columns, given)
    decimal, styles = guess_styles(table, match.mapping)
    column = match.mapping.get("status")
    words = StatusGuess() if column is None else guess_words(table, column, statuses, used=used)
    style = styles[0] if styles else DATE_FORMATS[0]
    plan = ImportPlan(match.mapping, words.known, decimal=decimal, date_style=style)
    return PlanGuess(plan, match.guessed, styles, words)


def guess_words(
    table: Table, column: str, statuses: Iterable[Status], *, used: Container[int] = frozenset()
) -> StatusGuess:
    """Look through a whole status column. Raises `NoSuchColumn` and `FileRefused`.

    The names of retired statuses that are `used` (by id) are left out, for nobody has to decide anything about
    them: accounts that have one keep it, and no others get it.
    """
    statuses = list(statuses)
    kept = {name_key(status.name) for status in statuses if status.retired and status.id in used}
    words = status_words_in(table, column).most_common()
    counted = {word: count for word, count in words if name_key(word) not in kept}
    known = guess_status_words(counted, statuses, column)
    proposals = {word: suggest_status(word, column) for word in words_left(counted, known) if word}
    proposed = {word: status for word, status in proposals.items() if status is not None}
    return StatusGuess(counted, known, proposed, words_left(counted, {**known, **proposed}))
