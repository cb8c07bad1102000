"""Carries out what was typed: a failure becomes one sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage
from statusdesk.cli.output import printable
from statusdesk.domain.errors import StatusDeskError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    Deed = Callable[[Namespace], int]
    """Does what was typed and returns the exit code."""

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def carry_out(args: Namespace, deed: Deed) -> int:
    """Do it and return the exit code, having said on standard error in one sentence why it failed."""
    try:
        code = deed(args)
        sys.stdout.flush()
    except WrongUsage as problem:
        return _say(f"{args.command}: {problem} `{args.command} --help` tells more.", WRONG_USAGE)
    except StatusDeskError as problem:
        return _say(str(problem), FAILED)
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        return FAILED
    except OSError as problem:
        return _say(_of_the_system(problem), FAILED) if not args.debug else _explain(args)
    except Exception:
        return _explain(args)
    return code


def _say(sentence: str, code: int) -> int:
    with suppress(OSError):
        print(printable(sentence), file=sys.stderr)
    return code


def _nobody_reads() -> int:
    """Whoever read the output has had enough of it: the work is done, and Python need not flush again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _of_the_system(problem: OSError) -> str:
    reason = (problem.strerror or str(problem)).rstrip(".")
    what = problem.filename or "The output could not be written"
    return f"{what}: {reason}. Mend that, then try again."


def _explain(args: Namespace) -> int:
    """Own up to a mistake of ours, and keep what is needed to mend it."""
    if args.debug:
        traceback.print_exc()
        return FAILED
    report = _write_report()
    where = (
        f"What happened is written in {report}" if report else "`--debug` after `statusdesk` shows what happened"
    )
    return _say(f"Something went wrong inside StatusDesk; a change is either whole or not made. {where}.", FAILED)


def _write_report() -> Path | None:
    import platform

    from platformdirs import user_log_path

    from statusdesk import __version__

    path = user_log_path("statusdesk", appauthor=False) / "problem.txt"
    head = f"StatusDesk {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(head + traceback.format_exc(), "utf-8", "backslashreplace")
    except OSError:
        return None
    return path
