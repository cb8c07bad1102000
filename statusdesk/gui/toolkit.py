"""Brings Qt in, and takes back what slows every import from then on.

PySide6 puts a function of its own in the place of `import`. It looks through the source of each module for
switches (`from __feature__ import …`) that nothing here uses, and at a start that took longer than importing Qt's
widgets.
"""

import builtins
from importlib import import_module


def bring_in() -> None:
    """Import Qt's core; later imports are again as they were before PySide6 looked for switches."""
    import_module("PySide6.QtCore")
    vars(builtins)["__import__"] = getattr(builtins, "__orig_import__", builtins.__import__)
