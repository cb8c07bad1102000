"""Where the database is, what a new one is made with, and who sits at this desk: for window and commands alike."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypedDict

from statusdesk.domain.errors import BadValue, Refused
from statusdesk.domain.instants import check_zone
from statusdesk.domain.store_errors import CannotOpen, Gone, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from statusdesk.domain.places import Place
    from statusdesk.domain.records import DatabaseInfo
    from statusdesk.store.store import Store

DATABASE = "accounts.statusdesk"
DEMO_DATABASE = "demo.statusdesk"
CURRENCY = "EUR"
TIME_ZONE = "UTC"

Mode = Literal["read", "write", "make"]
"""How to open: "read" changes nothing ever, "write" needs a database that is there, "make" makes a missing one."""


class _Settings(TypedDict):
    currency: str
    time_zone: str


class NoDatabase(StoreUnavailable):
    """Nothing there to read or change, and this is not the moment to make it."""

    sentence = (
        "There is no database {path} yet. Import accounts or add a status to make it, or name another database."
    )


class SetOnce(Refused):
    """Another currency or time zone than the one that the database was made with."""

    sentence = "{path} has the {what} {found}, not {wanted}: that is set once, when a database is made."


def data_folder() -> Path:
    """Return the folder for this person's databases; it need not be there yet."""
    from platformdirs import user_data_path

    return user_data_path("statusdesk", appauthor=False)


def default_database(*, demo: bool = False) -> Path:
    """Return where the person's own database is, or the demonstration's beside it."""
    return data_folder() / (DEMO_DATABASE if demo else DATABASE)


def default_currency() -> str:
    """Return the currency of the person's locale (ISO 4217), or EUR where it has none."""
    import locale

    before = locale.setlocale(locale.LC_MONETARY)
    try:
        locale.setlocale(locale.LC_MONETARY, "")
        symbol = str(locale.localeconv()["int_curr_symbol"]).strip()
    except (locale.Error, UnicodeError):
        return CURRENCY
    finally:
        locale.setlocale(locale.LC_MONETARY, before)
    return symbol if re.fullmatch(r"[A-Z]{3}", symbol) else CURRENCY


def check_currency(text: str) -> str:
    """Return the code in capitals, or raise `BadValue` if it has not the form of ISO 4217."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        raise BadValue(field="currency", value=text, reason="is not a code of three letters, such as EUR")
    return code


def default_time_zone() -> str:
    """Return the machine's time zone (IANA name), or UTC where it cannot be told."""
    import warnings

    import tzlocal

    with warnings.catch_warnings(), suppress(Exception):
        warnings.simplefilter("ignore")
        return check_zone(tzlocal.get_localzone_name())
    return TIME_ZONE


def current_author() -> str:
    """Return the login name, under which changes are recorded and undone."""
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "somebody"


def author_at(store: Store) -> str:
    """Return under which name changes here are recorded: a server's login, or that of this computer."""
    return store.db.login or current_author()


def open_store(path: Place, mode: Mode = "make", *, currency: str = "", time_zone: str = "") -> Store:
    """Open the database.

    `currency` and `time_zone` are for one that is made here, and default to the person's own; given for one that
    has others they are refused with `SetOnce`. Raises `StoreUnavailable` for what cannot be opened.
    """
    from statusdesk.store.store import Store

    currency = check_currency(currency) if currency else ""
    time_zone = check_zone(time_zone) if time_zone else ""
    if isinstance(path, Path) and is_missing(path):
        if mode != "make":
            raise NoDatabase(path=path)
        _refuse_to_begin_anew(path)
        _make_folder(path)
        return Store(path, **_settings(currency, time_zone))
    store = Store(path, "read" if mode == "read" else "write")
    try:
        _refuse_others(store.info, currency, time_zone)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def rehearsal(*, currency: str = "", time_zone: str = "") -> Iterator[Store]:
    """Lend a new database that nobody keeps, for trying out what would be done to one that is not there yet."""
    with TemporaryDirectory(prefix="statusdesk-") as folder:
        store = open_store(Path(folder) / DATABASE, currency=currency, time_zone=time_zone)
        try:
            yield store
        finally:
            store.close()


def _refuse_to_begin_anew(path: Path) -> None:
    """Where backups are, there was a database: an empty one in its place would hide that it is gone."""
    from statusdesk.store import backups

    if backups.usable(path):
        raise Gone(path=path)


def is_missing(path: Place) -> bool:
    """Say whether there is no database yet; on a server that is found out by opening it. Raises `CannotOpen`."""
    try:
        return isinstance(path, Path) and not path.exists()
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror or str(error)) from None


def _settings(currency: str, time_zone: str) -> _Settings:
    return {"currency": currency or default_currency(), "time_zone": time_zone or default_time_zone()}


def _refuse_others(info: DatabaseInfo, currency: str, time_zone: str) -> None:
    for what, found, wanted in (("currency", info.currency, currency), ("time zone", info.time_zone, time_zone)):
        if wanted and wanted != found:
            raise SetOnce(path=info.path, what=what, found=found, wanted=wanted)


def _make_folder(path: Path) -> None:
    """Make the person's data folder, closed to others; any other folder must be there."""
    if path.parent != data_folder():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(path=path, reason=error.strerror or str(error)) from None
