"""Finds the files that travel with the program: icons, the desktop entry and its description.

In an installed program they lie inside the package, possibly in an archive; in a checkout beside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def resource_dir() -> Traversable:
    """Return the folder of resources; join names to it with `/` and read them as text or bytes."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    from importlib.resources import files

    return files("statusdesk") / "resources"
