"""Decides between window, picture and command; Qt is reached for the first two and for PDF only."""

from __future__ import annotations

import gc
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from statusdesk.cli import desks, output, parser, running
from statusdesk.domain.errors import StatusDeskError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

_NO_QT = (
    "StatusDesk's window needs PySide6, which is not installed here: `pip install pyside6-essentials` brings it. "
    "The commands work without it."
)


def run(words: Sequence[str]) -> int:
    """Do what the words of the command line ask for; returns the exit code: 0 done, 1 failed, 2 wrong usage."""
    output.prepare()
    args = parser.parse(words)
    deed = _print_report if getattr(args, "pdf", None) else getattr(args, "run", None)
    return running.carry_out(args, deed or _without_command(args))


def _without_command(args: Namespace) -> running.Deed:
    if args.install_desktop:
        return _install_desktop
    return _paint if args.screenshot else _open_window


def _install_desktop(_args: Namespace) -> int:
    from statusdesk.services.desktop_entry import install_desktop

    for path in install_desktop():
        sys.stdout.write(f"{path}\n")
    return 0


def _paint(args: Namespace) -> int:
    from statusdesk.gui import preflight

    database = desks.named_database(args)
    _refuse(_why_no_pyside() or preflight.why_no_qt())
    from statusdesk.gui.main import take_screenshot

    return take_screenshot(database, args.screenshot, dark=args.dark, demo=bool(args.demo))


def _print_report(args: Namespace) -> int:
    from statusdesk.cli import reporting
    from statusdesk.gui import preflight

    request = reporting.request_of(args)
    with desks.reading(args) as store:
        _refuse(_why_no_pyside() or preflight.why_no_qt())
        from statusdesk.gui.printing import write_report_pdf

        write_report_pdf(store, request, args.pdf)
    sys.stdout.write(f"{reporting.said(args.pdf, request.kind)}\n")
    return 0


def _open_window(args: Namespace) -> int:
    from statusdesk.gui import preflight, toolkit

    gc.disable()
    database = desks.named_database(args)
    _refuse(_why_no_pyside() or preflight.why_no_window())
    toolkit.bring_in()
    from statusdesk.gui.main import run_window

    return run_window(database, demo=bool(args.demo))


def _why_no_pyside() -> str | None:
    return None if find_spec("PySide6") else _NO_QT


def _refuse(problem: str | None) -> None:
    if problem:
        raise StatusDeskError(what=problem)
