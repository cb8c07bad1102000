"""Measures the program against the limits of its engine and toolkit: all of it, or what is named."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import beside, changes, counts, data, files, memory, publishing, starting, window
from benchmarks.pairs import Figure

Bench = Callable[[int, int], Iterator[Figure]]

BENCHES: dict[str, Bench] = {
    "start": starting.figures,
    "lists": window.lists,
    "qt": beside.figures,
    "gaps": window.gaps,
    "memory": memory.figures,
    "reassign": changes.figures,
    "distribution": counts.distribution,
    "import": files.importing,
    "export": files.exporting,
    "size": counts.size,
    "publish": publishing.figures,
}
SIZES = (data.SMALL, 1_000_000)


def main() -> int:
    """Run the benchmarks that the arguments name; returns 1 if a target was missed."""
    args = _arguments()
    results: list[tuple[str, Figure]] = []
    print(_machine())
    for accounts in args.accounts:
        data.database(accounts)
        for name in args.names or BENCHES:
            for figure in BENCHES[name](accounts, args.rounds):
                results.append((name, figure))
                print(_line(figure), flush=True)
    if args.json:
        args.json.write_text(json.dumps(_report(results), indent=1) + "\n")
    return 0 if all(figure.met for _, figure in results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *BENCHES], help=", ".join(BENCHES))
    parser.add_argument(
        "--accounts", type=int, action="append", metavar="N", help="size of the database; may be repeated"
    )
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="readings of each figure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all readings there")
    args = parser.parse_args()
    args.accounts = args.accounts or SIZES
    return args


def _machine() -> str:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {platform.platform()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, commit {_commit()},"
        f" load {load:.1f}"
    )


def _commit() -> str:
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=data.FOLDER
        )
    except OSError:
        return "unknown"
    return answer.stdout.strip() or "unknown"


def _line(figure: Figure) -> str:
    ours = f"{median(figure.ours):,.4g} {figure.unit}"
    limit = f" / {median(figure.limit):,.4g} {figure.unit}" if figure.limit else ""
    ratio = "" if figure.ratio is None else f" = {figure.ratio:.2f}"
    target = figure.target
    allowed = ", ".join(
        text
        for text in (
            "" if target.ratio is None else f"≤ {target.ratio:g}",
            "" if target.or_ms is None else f"or ≤ {target.or_ms:g} ms",
            "" if target.never_over is None else f"never over {target.never_over:g} ms",
        )
        if text
    )
    verdict = "met" if figure.met else "MISSED"
    note = f" ({figure.note})" if figure.note else ""
    judged = f" [{allowed}: {verdict}]" if allowed else ""
    return f"{figure.accounts:>9,}  {figure.what}: {ours}{limit}{ratio}{judged}{note}"


def _report(results: list[tuple[str, Figure]]) -> dict[str, object]:
    figures = [
        {"bench": name, **asdict(figure), "ratio": figure.ratio, "met": figure.met} for name, figure in results
    ]
    return {"machine": _machine(), "figures": figures}


if __name__ == "__main__":
    sys.exit(main())
