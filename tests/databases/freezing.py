"""Makes the frozen file of the present schema anew (`python -m tests.databases.freezing`) until it is released.

A released schema's file is never made again: it shows that what people have still opens.
"""

from itertools import count
from pathlib import Path

from statusdesk.domain.changes import AccountIds
from statusdesk.services.desk import Desk
from statusdesk.store.migrations import SCHEMA
from statusdesk.store.store import Store

_FIRST, _STEP = 1_790_003_600_000, 3_600_000


def freeze(path: Path) -> None:
    """Make the file at `path`, one change set an hour."""
    path.unlink(missing_ok=True)
    clock = count(_FIRST, _STEP)
    store = Store(path, currency="EUR", time_zone="Europe/Berlin", clock=lambda: next(clock))
    desk = Desk(store, author="anna", clock=lambda: next(clock))
    vacation = desk.create_status({"name": "Vacation", "shape": "moon", "colour": "#0A66B5"}).status_id
    assert vacation is not None
    made = [
        desk.create_account(
            {"number": "00417", "name": "Marta Lindqvist", "status_id": 2, "monthly_charge": 2_990}
        ),
        desk.create_account({"number": "00434", "name": "Okan Yıldırım", "status_id": 2, "monthly_charge": 1490}),
    ]
    first, second = (outcome.account_id or 0 for outcome in made)
    desk.edit_account(first, {"phone": "0431 555 01", "account_type": "Private"}, reason="New phone")
    desk.reassign(AccountIds((first, second)), vacation, reason="Away")
    desk.undo()
    desk.reassign(AccountIds((second,)), vacation, reason="Away")
    store.db.run("PRAGMA journal_mode = delete")
    store.close()


if __name__ == "__main__":
    freeze(Path(__file__).with_name(f"schema-{SCHEMA}.statusdesk"))
