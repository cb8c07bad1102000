"""Address lists for MikroTik routers: a script to be imported again and again, and a plain list for each name.

The script compares on the router; only entries whose comment begins with our mark are touched. What is new is
added before what is old goes, so that no address is ever without a list. Texts of accounts never get into it: an
address is one that `ipaddress` read, a list's name has letters, digits, and _ . - only, a comment is an id.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusdesk.domain.network_names import addresses
from statusdesk.domain.publish_errors import LevelsNotReady
from statusdesk.store.copying import flush, sync_folder
from statusdesk.store.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from statusdesk.store.store import Store

MARK = "statusdesk:"
"""Begins the comments of our entries."""

_BODY = """
  :local have ({{}})
  :local gone ({{}})
  :foreach i in=[/{menu} find where comment~"^{mark}"] do={{
    :local key ([/{menu} get $i list] . "|" . [/{menu} get $i address])
    :if ([:typeof ($want->$key)] = "nothing") do={{ :set gone ($gone, $i) }} else={{ :set ($have->$key) true }}
  }}
  :foreach key,note in=$want do={{
    :if ([:typeof ($have->$key)] = "nothing") do={{
      :local bar [:find $key "|"]
      :do {{
        /{menu} add list=[:pick $key 0 $bar] address=[:pick $key ($bar + 1) [:len $key]] comment=$note
      }} on-error={{ :log warning ("StatusDesk: could not add " . $key) }}
    }}
  }}
  :foreach i in=$gone do={{ /{menu} remove $i }}
"""
_MENUS = {4: "ip firewall address-list", 6: "ipv6 firewall address-list"}


@dataclass(frozen=True, slots=True)
class Entries:
    """Which address stands in which list, and for which account; `warnings` name accounts without a list."""

    lists: Mapping[str, Mapping[str, int]]
    warnings: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(len(entries) for entries in self.lists.values())


def entries_of(store: Store) -> Entries:
    """Return the address-list entries of all accounts with addresses.

    Raises `LevelsNotReady` for what is no address, and for one that two accounts have.
    """
    grid, lists = store.levels.grid(), defaultdict[str, dict[str, int]](dict)
    holders: dict[str, str] = {}
    without = 0
    for account_id, number, _, text, status_id, delinquent, plan in Targets(store.db).accounts(by="ip_addresses"):
        level = grid.given(status_id, delinquent=bool(delinquent), plan=plan).level
        for address in _addresses(number, text):
            other = holders.setdefault(address, number)
            if other != number:
                raise LevelsNotReady(
                    place="the router", problems=f"{other} and {number} have the address {address}."
                )
            if level is not None and level.address_list:
                lists[level.address_list][address] = account_id
            else:
                without += 1
    said = (f"{without} addresses are in no list, since their level has none.",) if without else ()
    return Entries(lists, said)


def _addresses(number: str, text: str) -> Iterator[str]:
    try:
        yield from addresses(text)
    except ValueError:
        raise LevelsNotReady(
            place="the router", problems=f"account {number} has “{text}”, which is no address."
        ) from None


def script(entries: Entries) -> str:
    """Return the whole script (RouterOS 7); the same entries give the same text."""
    parts = ["# Made by StatusDesk. Import it as often as you like; entries of others are not touched."]
    for version, menu in _MENUS.items():
        parts.append("{\n  :local want ({})")
        for name, held in sorted(entries.lists.items()):
            parts += [
                f'  :set ($want->"{name}|{address}") "{MARK}{account_id}"'
                for address, account_id in sorted(held.items())
                if (":" in address) is (version == 6)
            ]
        parts.append(_BODY.format(menu=menu, mark=MARK).strip("\n") + "\n}")
    return "\n".join(parts) + "\n"


def plain_list(entries: Entries, name: str) -> str:
    """Return the addresses of one list, a line each."""
    return "".join(f"{address}\n" for address in sorted(entries.lists.get(name, {})))


def write(path: Path, text: str) -> bool:
    """Put a text into a file as a whole; False where it stood there already. Raises `OSError`."""
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return False
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        flush(part)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return True
