"""The tables of service levels and of publishing, as Peewee sees them; the migrations make them."""

from peewee import BooleanField, IntegerField, Model, TextField


class LevelRow(Model):
    """A service level; deleted ones stay, for what was published. `attributes` are a JSON list."""

    id = IntegerField(primary_key=True)
    name = TextField()
    name_key = TextField()
    kind = TextField()
    radius_group = TextField()
    address_list = TextField()
    reply_message = TextField()
    attributes = TextField()
    position = IntegerField()
    deleted = BooleanField()

    class Meta:
        table_name = "service_level"


class TargetRow(Model):
    """Where levels are published to, without any password; `options` are a JSON object."""

    id = IntegerField(primary_key=True)
    name = TextField()
    kind = TextField()
    address = TextField()
    options = TextField()
    deleted = BooleanField()

    class Meta:
        table_name = "publish_target"


class RunRow(Model):
    """One publish: what it found, what it wrote, and up to which change set and entry it knew; never changed.

    `retired` are the groups whose definitions the next publish takes away, as a JSON list.
    """

    id = IntegerField(primary_key=True)
    target_id = IntegerField()
    started_at = IntegerField()
    finished_at = IntegerField()
    actor = TextField()
    trigger = TextField()
    whole = BooleanField()
    result = TextField()
    facts = TextField()
    retired = TextField()
    change_set_id = IntegerField()
    entry_id = IntegerField()

    class Meta:
        table_name = "publish_run"
