"""Keeps spreadsheets from running text as a formula, in a way that our own reading takes back to the letter.

A name such as `=HYPERLINK(…)` is harmless here, but runs when a CSV file is opened in a spreadsheet program. An
apostrophe before it stops that. Texts that look guarded already get one more, so that nothing is ambiguous.
Source: OWASP, "CSV Injection"; plain negative numbers are left alone, as they run nothing.
"""

import re

TRIGGERS = "=+-@\t\r\n＝＋－＠"
"""Characters with which a spreadsheet program may start a formula."""

FIRST = frozenset(TRIGGERS) | {"'"}
"""Whatever begins otherwise needs no guard."""

_RUNS = re.compile(rf"'*[{re.escape(TRIGGERS)}]")
_GUARDED = re.compile(rf"'+[{re.escape(TRIGGERS)}]")
_NEGATIVE_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?", re.ASCII)


def guarded(text: str) -> str:
    """Return the text as it may stand in a CSV cell without being run."""
    first = text[:1]
    if first not in FIRST:
        return text
    if (first not in "-'") or (_RUNS.match(text) and not _NEGATIVE_NUMBER.fullmatch(text)):
        return "'" + text
    return text


def unguarded(text: str) -> str:
    """Take back what `guarded` did; a foreign file's guards go as well."""
    return text[1:] if _GUARDED.match(text) else text
