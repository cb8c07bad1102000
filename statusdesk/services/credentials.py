"""Passwords of targets: from the environment or the system's keyring, never from our database or a log."""

from __future__ import annotations

import os
import re
from contextlib import suppress

SERVICE = "StatusDesk"
"""The name under which the keyring keeps them."""

PASSWORD, SECRET = "PASSWORD", "SECRET"


def variable(what: str, name: str = "") -> str:
    """Return the environment variable's name: STATUSDESK_PASSWORD, or STATUSDESK_PASSWORD_CORE for “Core”."""
    ending = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    return "_".join(filter(None, ("STATUSDESK", what, ending)))


def find(what: str, name: str, place: str) -> str:
    """Return the password of a target (or an access server's secret) called `name` at `place`, or “”.

    Looked for in the environment first, by name and then for all, then in the keyring. Passwords of PostgreSQL may
    as well stand in libpq's own password file, which needs nothing here.
    """
    for key in (variable(what, name), variable(what)):
        if key in os.environ:
            return os.environ[key]
    with suppress(Exception):  # a machine without a keyring has no password there
        import keyring

        return keyring.get_password(SERVICE, f"{what.lower()} {place}") or ""
    return ""


def keep(what: str, place: str, password: str) -> bool:
    """Put a password into the keyring, or take it out where it is “”; False where there is no keyring."""
    try:
        import keyring

        if password:
            keyring.set_password(SERVICE, f"{what.lower()} {place}", password)
        elif keyring.get_password(SERVICE, f"{what.lower()} {place}") is not None:
            keyring.delete_password(SERVICE, f"{what.lower()} {place}")
    except Exception:
        return False
    return True
