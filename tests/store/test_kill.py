"""A kill at any moment loses at most the change under way: what was acknowledged is there, whole, and sound."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from statusdesk.services.checking import check
from statusdesk.store.store import Store

WRITER = """
import sys
from pathlib import Path
from statusdesk.domain.changes import Matching
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store


desk = Desk(Store(Path(sys.argv[1])), author="anna")
rows = [(line, (f"{line:05}", 2, 1000)) for line in range(1, 501)]
fields = ("number", "status", "monthly_charge")
print(desk.import_accounts(fields, rows, file="first.csv").outcome.change_set, flush=True)
while True:
    for status in (1, 2, 3):
        print(desk.reassign(Matching(), status).change_set, flush=True)
"""


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    chance = random.Random(11)
    for turn in range(8):
        path = tmp_path / f"{turn}.statusdesk"
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(chance.randint(1, 30))]
        writer.send_signal(signal.SIGKILL)
        acknowledged += map(int, writer.stdout.read().split())
        writer.wait()
        writer.stdout.close()
        store = Store(path)
        verdict = check(store)
        newest = store.journal.newest(limit=1)[0]
        store.close()
        assert verdict.findings == ()
        assert acknowledged[-1] <= newest.id <= acknowledged[-1] + 1
        assert newest.accounts == 500
