"""What a report's picture is made of, as numbers: the window, the printer and the workbook draw the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statusdesk.domain.records import Status


class Form(StrEnum):
    """How the numbers are drawn: lying bars, standing columns, those on top of each other, or filled areas."""

    BARS = "bars"
    COLUMNS = "columns"
    STACKED = "stacked"
    AREA = "area"


class Part(StrEnum):
    """What a series without a status stands for; it says which colour the series gets."""

    MAIN = "main"
    SECOND = "second"
    GAIN = "gain"
    LOSS = "loss"
    PAUSE = "pause"
    PLANNED = "planned"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each category; of a status, or of a part that a fixed English name says.

    A `LIMIT` is drawn as a line. One of a split has a `look` (shape and colour), and the values it stands for.
    """

    name: str
    values: tuple[int, ...]
    part: Part = Part.MAIN
    status: Status | None = None
    key: str = ""
    look: tuple[str, str] | None = None
    values_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    """Series over categories; values are accounts, or minor units a month where it is `money`.

    `categories` are ISO days or months, or names; `measure` says in English what the values are. Of a split report
    `parts` has the values that each category stands for.
    """

    form: Form
    measure: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    money: bool = False
    statuses: tuple[Status | None, ...] = ()
    parts: tuple[frozenset[str], ...] = ()
