"""Finds the files that travel with the program: icons, the desktop entry and its description.

In an installed program they lie inside the package, possibly in an archive; in a checkout beside it.
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def resource_dir() -> Traversable:
    """Return the folder of resources; join names to it with `/` and read them as text or bytes."""
    inside = files("statusdesk") / "resources"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "resources"
