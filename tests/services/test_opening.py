"""A database is found, made once with its currency and time zone, and never made by accident."""

import locale
import stat
from pathlib import Path

import pytest
import tzlocal

from statusdesk.domain.errors import BadValue
from statusdesk.domain.store_errors import CannotOpen, EmptyFile
from statusdesk.services import opening
from statusdesk.services.opening import NoDatabase, SetOnce, open_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder that is not there yet."""
    folder = tmp_path / "share" / "statusdesk"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: folder)
    return folder


def test_own_data_and_the_demonstration_are_apart(home: Path) -> None:
    assert opening.default_database() == home / "accounts.statusdesk"
    assert opening.default_database(demo=True) == home / "demo.statusdesk"


def test_the_data_folder_is_made_for_its_owner_only(home: Path) -> None:
    open_store(opening.default_database()).close()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_no_other_folder_is_made(tmp_path: Path, home: Path) -> None:
    with pytest.raises(CannotOpen):
        open_store(tmp_path / "nowhere" / "accounts.statusdesk")
    assert not home.exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_new_one_has_the_currency_and_time_zone_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.statusdesk"
    open_store(path, currency="usd", time_zone="America/New_York").close()
    store = open_store(path, "read")
    assert (store.info.currency, store.info.time_zone) == ("USD", "America/New_York")
    store.close()


def test_an_existing_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.statusdesk"
    open_store(path, currency="EUR", time_zone="UTC").close()
    open_store(path, currency="EUR", time_zone="UTC").close()
    with pytest.raises(SetOnce, match="currency EUR, not USD"):
        open_store(path, currency="USD")
    with pytest.raises(SetOnce, match="time zone UTC, not Europe/Berlin"):
        open_store(path, time_zone="Europe/Berlin")


@pytest.mark.parametrize(("currency", "time_zone"), [("Euro", ""), ("", "Berlin"), ("€", ""), ("", "../etc")])
def test_what_is_neither_is_refused_before_anything_is_made(tmp_path: Path, currency: str, time_zone: str) -> None:
    with pytest.raises(BadValue):
        open_store(tmp_path / "a.statusdesk", currency=currency, time_zone=time_zone)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_missing_one_is_told_and_not_made(tmp_path: Path, mode: opening.Mode) -> None:
    with pytest.raises(NoDatabase):
        open_store(tmp_path / "missing.statusdesk", mode)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["read", "write", "make"])
def test_an_empty_file_may_have_been_a_database_and_stays(tmp_path: Path, mode: opening.Mode) -> None:
    empty = tmp_path / "empty.statusdesk"
    empty.touch()
    with pytest.raises(EmptyFile, match="put its newest backup in its place"):
        open_store(empty, mode)
    assert (list(tmp_path.iterdir()), empty.stat().st_size) == ([empty], 0)


def test_readers_leave_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.statusdesk"
    open_store(path).close()
    before = path.read_bytes()
    store = open_store(path, "read")
    assert len(store.statuses.lines()) == 3
    store.close()
    assert path.read_bytes() == before


def test_a_rehearsal_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with opening.rehearsal(currency="JPY", time_zone="Asia/Tokyo") as store:
        assert store.info.currency == "JPY"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("symbol", "currency"), [("USD ", "USD"), ("", "EUR"), ("US", "EUR"), ("eur", "EUR")])
def test_the_currency_is_the_locales(monkeypatch: pytest.MonkeyPatch, symbol: str, currency: str) -> None:
    monkeypatch.setattr(locale, "localeconv", lambda: {"int_curr_symbol": symbol})
    assert opening.default_currency() == currency


def test_asking_for_the_currency_changes_no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_MONETARY)
    monkeypatch.setenv("LC_ALL", "xx_XX.nonsense")
    assert opening.default_currency() == "EUR"
    assert locale.setlocale(locale.LC_MONETARY) == before


def test_the_time_zone_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Asia/Kolkata")
    assert opening.default_time_zone() == "Asia/Kolkata"


@pytest.mark.parametrize("name", ["local", "", "Mars/Olympus"])
def test_a_time_zone_that_nobody_knows_is_utc(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: name)
    assert opening.default_time_zone() == "UTC"


def test_the_author_is_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "berta")
    assert opening.current_author() == "berta"


def test_whoever_has_no_login_name_is_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert opening.current_author() == "somebody"
