"""How a file comes to the present schema: frozen steps, each committed together with its version mark.

A new file walks the whole chain. A step never uses today's tables module: what it did once, it does for ever.
"""

from collections.abc import Callable
from typing import Protocol


class Runs(Protocol):
    """Whatever can run one SQL statement."""

    def __call__(self, sql: str, parameters: tuple[object, ...] = ()) -> object:
        """Run `sql`."""
        ...


Step = Callable[[Runs], None]

APPLICATION_ID = 0x53744473
"""“StDs”: tells a StatusDesk file from any other SQLite file (pragma application_id)."""

_TABLES = """
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE status (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    activates INTEGER NOT NULL,
    shape TEXT NOT NULL,
    colour TEXT NOT NULL,
    stage TEXT NOT NULL,
    winback INTEGER NOT NULL,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    built_in TEXT,
    level_current TEXT NOT NULL,
    level_delinquent TEXT NOT NULL,
    required TEXT NOT NULL,
    followers TEXT NOT NULL,
    customer_note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX status_name ON status (name_key) WHERE deleted = 0;
CREATE UNIQUE INDEX status_look ON status (shape, colour) WHERE deleted = 0 AND retired = 0;
CREATE TABLE choice (
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (list, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    account_type TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    city TEXT NOT NULL,
    balance_due INTEGER NOT NULL,
    install_on TEXT NOT NULL,
    install_attempts INTEGER NOT NULL,
    collections_agency TEXT NOT NULL,
    handed_over_on TEXT NOT NULL,
    lead_source TEXT NOT NULL,
    first_contact_on TEXT NOT NULL,
    disconnect_reason TEXT NOT NULL,
    next_contact_on TEXT NOT NULL,
    service_level TEXT NOT NULL,
    radius_user TEXT NOT NULL,
    ip_addresses TEXT NOT NULL,
    note TEXT NOT NULL,
    search TEXT NOT NULL,
    closed INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_number ON account (number) WHERE closed = 0;
CREATE TABLE account_state (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    status_id INTEGER REFERENCES status (id),
    since INTEGER NOT NULL,
    monthly_charge INTEGER NOT NULL,
    delinquent INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    last_entry_id INTEGER,
    tip INTEGER NOT NULL
) STRICT;
CREATE TABLE change_set (
    id INTEGER NOT NULL PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    facts TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    first_entry_id INTEGER,
    last_entry_id INTEGER,
    reverts_id INTEGER REFERENCES change_set (id),
    seal TEXT NOT NULL
) STRICT;
CREATE INDEX change_set_author ON change_set (author);
CREATE UNIQUE INDEX change_set_reverts ON change_set (reverts_id) WHERE reverts_id IS NOT NULL;
CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY,
    change_set_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    previous_id INTEGER,
    effective_at INTEGER NOT NULL,
    old_status_id INTEGER,
    new_status_id INTEGER,
    old_charge INTEGER NOT NULL,
    new_charge INTEGER NOT NULL,
    old_delinquent INTEGER NOT NULL,
    new_delinquent INTEGER NOT NULL,
    old_since INTEGER NOT NULL,
    new_since INTEGER NOT NULL,
    old_tip INTEGER NOT NULL,
    new_tip INTEGER NOT NULL
) STRICT;
CREATE TABLE field_change (
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (entry_id, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE status_change (
    id INTEGER NOT NULL PRIMARY KEY,
    change_set_id INTEGER NOT NULL REFERENCES change_set (id) DEFERRABLE INITIALLY DEFERRED,
    status_id INTEGER NOT NULL REFERENCES status (id),
    effective_at INTEGER NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
) STRICT;
CREATE INDEX status_change_set ON status_change (change_set_id);
CREATE INDEX status_change_status ON status_change (status_id);
CREATE TABLE status_count (
    status_id INTEGER NOT NULL PRIMARY KEY REFERENCES status (id),
    accounts INTEGER NOT NULL,
    charge INTEGER NOT NULL
) STRICT;
CREATE TABLE status_day (
    day TEXT NOT NULL,
    status_id INTEGER NOT NULL REFERENCES status (id),
    accounts INTEGER NOT NULL,
    charge INTEGER NOT NULL,
    PRIMARY KEY (day, status_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE day_peak (
    day TEXT NOT NULL PRIMARY KEY,
    opening INTEGER NOT NULL,
    accounts INTEGER NOT NULL,
    reached_at INTEGER,
    change_set_id INTEGER,
    last_at INTEGER NOT NULL,
    first_entry_id INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    pair_id INTEGER REFERENCES plan (id),
    planned_by TEXT NOT NULL,
    planned_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    status_id INTEGER NOT NULL REFERENCES status (id),
    expects_id INTEGER NOT NULL REFERENCES status (id),
    charge INTEGER,
    reason TEXT NOT NULL,
    flag TEXT NOT NULL,
    yearly TEXT NOT NULL,
    last_step_id INTEGER,
    tip INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_state ON plan (state, due_at);
CREATE INDEX plan_account ON plan (account_id);
CREATE INDEX plan_pair ON plan (pair_id) WHERE pair_id IS NOT NULL;
CREATE TABLE plan_step (
    id INTEGER NOT NULL PRIMARY KEY,
    change_set_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    previous_id INTEGER,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    status_id INTEGER NOT NULL,
    expects_id INTEGER NOT NULL,
    charge INTEGER,
    reason TEXT NOT NULL,
    flag TEXT NOT NULL,
    yearly TEXT NOT NULL,
    old_tip INTEGER NOT NULL,
    new_tip INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX plan_step_set ON plan_step (change_set_id, plan_id);
CREATE TABLE service_level (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    radius_group TEXT NOT NULL,
    address_list TEXT NOT NULL,
    reply_message TEXT NOT NULL,
    attributes TEXT NOT NULL,
    position INTEGER NOT NULL,
    deleted INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX service_level_name ON service_level (name_key) WHERE deleted = 0;
CREATE UNIQUE INDEX service_level_group ON service_level (radius_group);
CREATE TABLE publish_target (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    options TEXT NOT NULL,
    deleted INTEGER NOT NULL
) STRICT;
CREATE TABLE publish_run (
    id INTEGER NOT NULL PRIMARY KEY,
    target_id INTEGER NOT NULL REFERENCES publish_target (id),
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    trigger TEXT NOT NULL,
    whole INTEGER NOT NULL,
    result TEXT NOT NULL,
    facts TEXT NOT NULL,
    retired TEXT NOT NULL,
    change_set_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL
) STRICT;
CREATE INDEX publish_run_target ON publish_run (target_id)
"""

JOURNAL = ("change_set", "entry", "field_change", "status_change", "plan_step")
"""The tables that are only ever added to."""

_KEYS = {
    "change_set": "id = NEW.id OR reverts_id = NEW.reverts_id",
    "entry": "id = NEW.id",
    "field_change": "entry_id = NEW.entry_id AND field = NEW.field",
    "status_change": "id = NEW.id",
    "plan_step": "id = NEW.id OR (change_set_id = NEW.change_set_id AND plan_id = NEW.plan_id)",
}


def append_only(table: str, key: str) -> tuple[str, ...]:
    """Return the triggers by which the database itself refuses to change or replace rows of `table`."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) {refuse}",
    )


def first_tables(run: Runs) -> None:
    """Make the tables and indexes of schema 1."""
    for statement in _TABLES.split(";\n"):
        run(statement)


def first_schema(run: Runs) -> None:
    """Make every table, index and trigger of schema 1."""
    first_tables(run)
    for table in JOURNAL:
        for trigger in append_only(table, _KEYS[table]):
            run(trigger)
    run(f"PRAGMA application_id = {APPLICATION_ID}")


STEPS: tuple[Step, ...] = (first_schema,)
"""Step n brings a file from schema n-1 to n."""

SCHEMA = len(STEPS)
