"""Scripts for routers: nothing that people typed can leave its quotes, and the same entries give the same file."""

import re
from pathlib import Path

import pytest

from statusdesk.domain.publish_errors import LevelsNotReady, NothingToServe
from statusdesk.domain.targets import Target, TargetKind
from statusdesk.services import level_verbs, network
from statusdesk.services.desk import Desk
from statusdesk.services.publishing import Wish
from statusdesk.services.router_scripts import entries_of, script
from statusdesk.store.store import Store
from statusdesk.store.targets import Targets
from tests.services.test_levels import ACTIVE, INACTIVE, by_name


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Return a desk whose active accounts are in the list “customers”."""
    level_verbs.make_usual(desk)
    level_verbs.edit(desk, by_name(desk, "Full service"), {"address_list": "customers"})
    return desk


def router(store: Store, path: Path) -> Target:
    with store.db.transaction():
        Targets(store.db).put(Target(0, "Router", TargetKind.ROUTER, str(path)))
    (target,) = network.targets_of(store)
    return target


def add(desk: Desk, number: str, addresses: str, status: int = ACTIVE) -> None:
    desk.create_account({"number": number, "status_id": status, "ip_addresses": addresses, "name": '"; /quit'})


def test_the_same_entries_give_the_same_script_of_adds_before_removes(office: Desk, tmp_path: Path) -> None:
    target = router(office.store, tmp_path / "router.rsc")
    add(office, "1", "192.0.2.7; 2001:db8::/56")
    add(office, "2", "192.0.2.8", INACTIVE)
    preview = network.write_script(office.store, target, Wish("anna", dry_run=True))
    assert not (tmp_path / "router.rsc").exists()
    first = network.write_script(office.store, target, Wish("anna"))
    assert (preview.changed, preview.lists) == (first.changed, first.lists) == (True, {"customers": 2})
    text = (tmp_path / "router.rsc").read_text()
    assert re.findall(r'want->"([^"]*)"\) "([^"]*)"', text) == [
        ("customers|192.0.2.7", "statusdesk:1"), ("customers|2001:db8::/56", "statusdesk:1"),
    ]  # fmt: skip
    assert text.index(" add list=") < text.index(" remove ")
    assert text.count("{") == text.count("}")
    assert (tmp_path / "router.customers.txt").read_text() == "192.0.2.7\n2001:db8::/56\n"
    assert not network.write_script(office.store, target, Wish("anna")).changed
    assert not network.waiting(office.store, target)


@pytest.mark.parametrize("typed", ['1.2.3.4"; /system reset', "1.2.3.4/24", "$x", "1.2.3.4\\", "1.2.3.4|x"])
def test_what_is_no_address_stops_it(office: Desk, typed: str) -> None:
    add(office, "7", typed)
    with pytest.raises(LevelsNotReady, match="account 7 has"):
        entries_of(office.store)


def test_an_address_of_two_accounts_stops_it(office: Desk) -> None:
    add(office, "1", "2001:db8::1")
    add(office, "2", "2001:DB8:0::1/128")
    with pytest.raises(LevelsNotReady, match="1 and 2 have the address 2001:db8::1/128"):
        entries_of(office.store)


def test_names_of_people_are_in_no_script(office: Desk) -> None:
    add(office, "1", "192.0.2.7")
    assert "quit" not in script(entries_of(office.store))


def test_an_empty_script_is_refused_unless_confirmed(office: Desk, tmp_path: Path) -> None:
    target = router(office.store, tmp_path / "router.rsc")
    add(office, "1", "192.0.2.7")
    network.write_script(office.store, target, Wish("anna"))
    office.undo()
    with pytest.raises(NothingToServe):
        network.write_script(office.store, target, Wish("anna"))
    assert "192.0.2.7" in (tmp_path / "router.rsc").read_text()
    network.write_script(office.store, target, Wish("anna", confirm_losing=1))
    assert "192.0.2.7" not in (tmp_path / "router.rsc").read_text()
