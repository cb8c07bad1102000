"""The tables as Peewee sees them: for queries only; the migrations make them.

Nothing here is bound to a database: every query is executed on the connection that asks.
"""

from peewee import BooleanField, CompositeKey, IntegerField, Model, TextField


class SettingRow(Model):
    """What was set once for the whole file: currency, time zone."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "setting"


class StatusRow(Model):
    """A status; deleted ones stay, for history."""

    id = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField()
    activates = BooleanField()
    shape = TextField()
    colour = TextField()
    stage = TextField()
    winback = BooleanField()
    description = TextField()
    position = IntegerField()
    retired = BooleanField()
    deleted = BooleanField()
    built_in = TextField(null=True)
    level_current = TextField()
    level_delinquent = TextField()
    required = TextField()
    followers = TextField()
    customer_note = TextField()

    class Meta:
        table_name = "status"


class ChoiceRow(Model):
    """A name in one of the lists that the office manages."""

    list = TextField()
    name = TextField()
    position = IntegerField()

    class Meta:
        table_name = "choice"
        primary_key = CompositeKey("list", "name")


class AccountRow(Model):
    """The fields of an account that rarely change, and the text that searching looks through."""

    id = IntegerField(primary_key=True)
    number = TextField()
    name = TextField()
    account_type = TextField()
    phone = TextField()
    email = TextField()
    address = TextField()
    city = TextField()
    balance_due = IntegerField()
    install_on = TextField()
    install_attempts = IntegerField()
    collections_agency = TextField()
    handed_over_on = TextField()
    lead_source = TextField()
    first_contact_on = TextField()
    disconnect_reason = TextField()
    next_contact_on = TextField()
    service_level = TextField()
    radius_user = TextField()
    ip_addresses = TextField()
    note = TextField()
    search = TextField()
    closed = BooleanField()

    class Meta:
        table_name = "account"


class StateRow(Model):
    """The few numbers of an account that bulk changes write; no status means that the account is closed.

    `changed_at` is the effective instant of its newest entry. `tip` is the change set whose work stands on top:
    undoing puts it back to the one below, so that "changed again since" is one comparison.
    """

    account_id = IntegerField(primary_key=True)
    status_id = IntegerField(null=True)
    since = IntegerField()
    monthly_charge = IntegerField()
    delinquent = BooleanField()
    changed_at = IntegerField()
    last_entry_id = IntegerField(null=True)
    tip = IntegerField()

    class Meta:
        table_name = "account_state"


class ChangeSetRow(Model):
    """One user action; written last in its transaction, never changed, and sealed (see `sealing`)."""

    id = IntegerField(primary_key=True)
    recorded_at = IntegerField()
    author = TextField()
    kind = TextField()
    reason = TextField()
    facts = TextField()
    accounts = IntegerField()
    first_entry_id = IntegerField(null=True)
    last_entry_id = IntegerField(null=True)
    reverts_id = IntegerField(null=True)
    seal = TextField()

    class Meta:
        table_name = "change_set"


class EntryRow(Model):
    """One account's step in the journal; `previous_id` leads to the same account's step before.

    Its change set is written after it, without a foreign key: for a deferred one the engine would read the whole
    journal with each change set, or keep an index of it. Checking verifies that they own each other.
    """

    id = IntegerField(primary_key=True)
    change_set_id = IntegerField()
    account_id = IntegerField()
    previous_id = IntegerField(null=True)
    effective_at = IntegerField()
    old_status_id = IntegerField(null=True)
    new_status_id = IntegerField(null=True)
    old_charge = IntegerField()
    new_charge = IntegerField()
    old_delinquent = BooleanField()
    new_delinquent = BooleanField()
    old_since = IntegerField()
    new_since = IntegerField()
    old_tip = IntegerField()
    new_tip = IntegerField()

    class Meta:
        table_name = "entry"


class FieldChangeRow(Model):
    """A plain field's old and new value in one entry."""

    entry_id = IntegerField()
    field = TextField()
    old = TextField()
    new = TextField()

    class Meta:
        table_name = "field_change"
        primary_key = CompositeKey("entry_id", "field")


class StatusChangeRow(Model):
    """A status's field, old and new, in one change set."""

    id = IntegerField(primary_key=True)
    change_set_id = IntegerField()
    status_id = IntegerField()
    effective_at = IntegerField()
    field = TextField()
    old = TextField()
    new = TextField()

    class Meta:
        table_name = "status_change"


class CountRow(Model):
    """Open accounts of a status and the sum of their monthly charges, kept with every change."""

    status_id = IntegerField(primary_key=True)
    accounts = IntegerField()
    charge = IntegerField()

    class Meta:
        table_name = "status_count"


class DayRow(Model):
    """By how much a status's accounts and charges changed on one day of the database's time zone."""

    day = TextField()
    status_id = IntegerField()
    accounts = IntegerField()
    charge = IntegerField()

    class Meta:
        table_name = "status_day"
        primary_key = CompositeKey("day", "status_id")


class PeakRow(Model):
    """The most activating accounts on a day of changes, and how many it began with.

    `last_at` is the latest instant of a change on that day; journal entries of that day have ids from
    `first_entry_id` on.
    """

    day = TextField(primary_key=True)
    opening = IntegerField()
    accounts = IntegerField()
    reached_at = IntegerField(null=True)
    change_set_id = IntegerField(null=True)
    last_at = IntegerField()
    first_entry_id = IntegerField(null=True)

    class Meta:
        table_name = "day_peak"


class PlanRow(Model):
    """A change planned for one account, as its newest step says; the two halves of a vacation share `pair_id`.

    It waits for `due_at` and is carried out only while the account has the status `expects_id`. `tip` is as with
    accounts: the change set whose work stands on top.
    """

    id = IntegerField(primary_key=True)
    account_id = IntegerField()
    kind = TextField()
    pair_id = IntegerField(null=True)
    planned_by = TextField()
    planned_at = IntegerField()
    state = TextField()
    due_at = IntegerField()
    status_id = IntegerField()
    expects_id = IntegerField()
    charge = IntegerField(null=True)
    reason = TextField()
    flag = TextField()
    yearly = TextField()
    last_step_id = IntegerField(null=True)
    tip = IntegerField()

    class Meta:
        table_name = "plan"


class PlanStepRow(Model):
    """What a change set made of a plan; `previous_id` leads to the same plan's step before.

    As with entries, checking verifies both references: with foreign keys each step would cost reading them all.
    """

    id = IntegerField(primary_key=True)
    change_set_id = IntegerField()
    plan_id = IntegerField()
    previous_id = IntegerField(null=True)
    state = TextField()
    due_at = IntegerField()
    status_id = IntegerField()
    expects_id = IntegerField()
    charge = IntegerField(null=True)
    reason = TextField()
    flag = TextField()
    yearly = TextField()
    old_tip = IntegerField()
    new_tip = IntegerField()

    class Meta:
        table_name = "plan_step"


TABLES: tuple[type[Model], ...] = (
    SettingRow,
    StatusRow,
    ChoiceRow,
    AccountRow,
    StateRow,
    ChangeSetRow,
    EntryRow,
    FieldChangeRow,
    StatusChangeRow,
    CountRow,
    DayRow,
    PeakRow,
    PlanRow,
    PlanStepRow,
)
