"""Tries every fault, or those that are named, and prints what came of them; 1 if anything is not as it must be."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import crowds, damage, disks, kills, links, publishing, rights, servers
from tests.faults.trials import Scale, Tally

FAULTS: dict[str, Callable[[Scale], list[Tally]]] = {
    "kills": kills.kills,
    "publishing": publishing.publishing,
    "disks": disks.disks,
    "rights": rights.rights,
    "damage": damage.damage,
    "clock": crowds.clock,
    "crowd": crowds.crowd,
    "servers": servers.servers,
    "links": links.links,
}
FULL = 21
"""By how much the full scale is more than the quick one."""


def main() -> int:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(prog="./faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *FAULTS], help=", ".join(FAULTS))
    parser.add_argument("--full", action="store_true", help="a thousand kills and minutes of crowd, not seconds")
    parser.add_argument(
        "--seed", type=int, default=7, metavar="N", help="the same seed tries the same (default: 7)"
    )
    args = parser.parse_args()
    wrong = 0
    with TemporaryDirectory(prefix="statusdesk-faults-") as folder:
        Path(folder).chmod(0o755)
        for name in args.names or FAULTS:
            place = Path(folder) / name
            place.mkdir()
            started = time.monotonic()
            tallies = FAULTS[name](Scale(place, args.seed, FULL if args.full else 1))
            for tally in tallies:
                print(tally.line(), flush=True)
                for problem in tally.wrong[:10]:
                    print(f"    {problem}", flush=True)
                wrong += len(tally.wrong)
            print(f"  {name}: {time.monotonic() - started:.0f} s", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
