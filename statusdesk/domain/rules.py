"""What a status and an account may be; refuses with a reason, never guesses."""

from collections.abc import Iterable, Sequence
from typing import cast

from statusdesk.domain.admission import REQUIRABLE
from statusdesk.domain.errors import (
    BadValue,
    BuiltInLocked,
    LookTaken,
    NameMissing,
    NameTaken,
    NameTooLong,
    NumberMissing,
    StatusGone,
    WinbackNeedsEnded,
)
from statusdesk.domain.fields import FIELD, FIELDS, Kind
from statusdesk.domain.folding import clean, name_key
from statusdesk.domain.instants import parse_date
from statusdesk.domain.looks import Shape, parse_colour
from statusdesk.domain.records import EDITED, AccountFields, Stage, Status, StatusFields

LONGEST_NAME = 40
LONGEST_NOTE = 1_000
_LOCKED = {"activates": "activation", "stage": "stage", "winback": "winback"}
_SHAPES = frozenset(shape.value for shape in Shape)


def clean_name(name: str) -> str:
    """Return the status name without stray blanks, in NFC; refuses an empty or too long one."""
    tidy = clean(name)
    if not tidy:
        raise NameMissing
    if len(tidy) > LONGEST_NAME:
        raise NameTooLong(length=len(tidy))
    return tidy


def check_new_status(wanted: StatusFields, others: Sequence[Status], *, position: int) -> Status:
    """Return the status that these fields make, with suitable values for absent ones, or refuse.

    `others` are the statuses that were not deleted.
    """
    status = Status(
        id=0,
        name=clean_name(wanted.get("name", "")),
        activates=wanted.get("activates", False),
        shape=_shape(wanted.get("shape", Shape.CIRCLE.value)),
        colour=parse_colour(wanted.get("colour", "")),
        stage=wanted.get("stage", Stage.IN_SERVICE),
        winback=wanted.get("winback", False),
        description=clean(wanted.get("description", "")),
        position=position,
        required=_required(wanted.get("required", ())),
        followers=_followers(wanted.get("followers", ()), others),
        customer_note=_note(wanted.get("customer_note", "")),
    )
    _check_against(status, others)
    return status


def check_edit(status: Status, wanted: StatusFields, others: Sequence[Status]) -> StatusFields:
    """Return the wanted fields in their clean form, or refuse; `others` may include the status itself.

    A status that leaves the stage Ended loses its winback.
    """
    tidy: StatusFields = {**wanted}
    if "name" in tidy:
        tidy["name"] = clean_name(tidy["name"])
    if "shape" in tidy:
        tidy["shape"] = _shape(tidy["shape"])
    if "colour" in tidy:
        tidy["colour"] = parse_colour(tidy["colour"])
    if "description" in tidy:
        tidy["description"] = clean(tidy["description"])
    if "required" in tidy:
        tidy["required"] = _required(tidy["required"])
    if "followers" in tidy:
        tidy["followers"] = _followers(tidy["followers"], others)
    if "customer_note" in tidy:
        tidy["customer_note"] = _note(tidy["customer_note"])
    if tidy.get("stage", Stage.ENDED) is not Stage.ENDED and "winback" not in tidy and status.winback:
        tidy["winback"] = False
    _check_locks(status, tidy)
    _check_against(with_fields(status, tidy), (other for other in others if other.id != status.id))
    return tidy


def _required(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the order of the fields, each once."""
    for name in names:
        if name not in REQUIRABLE:
            raise BadValue(field="required", value=name, reason=f"is not one of {', '.join(REQUIRABLE)}")
    return tuple(name for name in REQUIRABLE if name in names)


def _followers(ids: Sequence[int], others: Iterable[Status]) -> tuple[int, ...]:
    if set(ids) - {other.id for other in others}:
        raise StatusGone
    return tuple(sorted(set(ids)))


def _note(text: str) -> str:
    tidy = clean(text)
    if len(tidy) > LONGEST_NOTE:
        reason = f"is too long: {len(tidy)} characters, and {LONGEST_NOTE} is the most"
        raise BadValue(field="What to tell the customer", value=tidy[:20] + "…", reason=reason)
    return tidy


def fields_of(status: Status) -> StatusFields:
    """Return what the form of the status edits, as it is now."""
    return cast("StatusFields", {name: getattr(status, name) for name in EDITED})


def with_fields(status: Status, fields: StatusFields) -> Status:
    """Return the status as it would be with these fields."""
    values = {name: getattr(status, name) for name in Status._fields}
    return Status(**{**values, **fields})


def locked_fields(status: Status) -> frozenset[str]:
    """Return the names of fields that this status never changes: some of the three built-in ones'."""
    return frozenset(_LOCKED) if status.built_in else frozenset()


def _check_locks(status: Status, wanted: StatusFields) -> None:
    for name in locked_fields(status):
        if name in wanted and cast("dict[str, object]", wanted)[name] != getattr(status, name):
            raise BuiltInLocked(name=status.name, what=_LOCKED[name])


def _check_against(status: Status, others: Iterable[Status]) -> None:
    if status.winback and status.stage is not Stage.ENDED:
        raise WinbackNeedsEnded
    for other in others:
        if name_key(other.name) == name_key(status.name):
            raise NameTaken(name=other.name)
        if other.live and status.live and (other.shape, other.colour) == (status.shape, status.colour):
            raise LookTaken(name=other.name)


def _shape(shape: str) -> str:
    if shape not in _SHAPES:
        known = ", ".join(sorted(_SHAPES))
        raise BadValue(field="shape", value=shape, reason=f"is not one of {known}")
    return str(shape)


def clean_account(wanted: AccountFields) -> AccountFields:
    """Return the account's fields in their clean form, or refuse."""
    values = cast("dict[str, object]", {**wanted})
    for field in FIELDS:
        value = values.get(field.name)
        if isinstance(value, str):
            values[field.name] = _clean_text(field.name, value)
    if values.get("number") == "":
        raise NumberMissing
    if cast("int", values.get("install_attempts", 0)) < 0:
        raise BadValue(field="Install attempts", value=values["install_attempts"], reason="cannot be below zero")
    return cast("AccountFields", values)


def _clean_text(name: str, text: str) -> str:
    tidy = clean(text)
    if FIELD[name].kind is Kind.DATE and tidy:
        return parse_date(tidy)
    return tidy
