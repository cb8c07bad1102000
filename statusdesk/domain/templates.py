"""Templates offered when somebody makes a status: what offices like ours name, and what each one does.

A template is only a proposal: it fills the editor, and whoever uses it changes what they like. Making a status
from one does not tie the two together.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from statusdesk.domain.admission import REASON
from statusdesk.domain.folding import name_key
from statusdesk.domain.looks import Look, Shape, looks_alike, safe_suggestions, suggest_look
from statusdesk.domain.records import Stage, Status, StatusFields
from statusdesk.domain.rules import LONGEST_NAME, fields_of


class Template(NamedTuple):
    """A status that could be made; `label` is how the menu calls it, in English, as are its texts."""

    label: str
    name: str
    stage: Stage
    shape: Shape
    colour: str
    description: str
    activates: bool = False
    winback: bool = False
    required: tuple[str, ...] = ()
    customer_note: str = ""

    def fields(self) -> StatusFields:
        """Return the fields that the new status starts with."""
        return {
            "name": self.name,
            "activates": self.activates,
            "shape": self.shape.value,
            "colour": self.colour,
            "stage": self.stage,
            "winback": self.winback,
            "description": self.description,
            "required": self.required,
            "followers": (),
            "customer_note": self.customer_note,
        }


TEMPLATES = (
    Template(
        "Pending install",
        "Pending install",
        Stage.ONBOARDING,
        Shape.HOURGLASS,
        "#C27C00",
        "For customers who have ordered and wait for the installer. Billing starts when they become active.",
    ),
    Template(
        "Failed install",
        "Failed install",
        Stage.ONBOARDING,
        Shape.TRIANGLE_DOWN,
        "#D55E00",
        "For customers whose installation did not work out. Agree on another date, or end it.",
        required=(REASON,),
    ),
    Template(
        "Collections",
        "Collections",
        Stage.DEBT,
        Shape.BOLT,
        "#C62828",
        "For accounts handed over to a collections agency. Note the agency and the day.",
        required=("collections_agency", "handed_over_on"),
        customer_note="Your account was handed over for collection. Please speak with the agency about payment.",
    ),
    Template(
        "Vacation (no service)",
        "Vacation",
        Stage.PAUSED,
        Shape.MOON,
        "#0A66B5",
        "For customers who are away and asked for no service. Time away is never charged afterwards.",
        customer_note="Your connection is paused. You are not charged while you are away, now or later.",
    ),
    Template(
        "Vacation (reduced service)",
        "Vacation, reduced",
        Stage.PAUSED,
        Shape.CLOUD,
        "#3E9BD6",
        "For customers who are away and keep a reduced service at a reduced charge.",
        activates=True,
    ),
    Template(
        "Ended: may return",
        "May return",
        Stage.ENDED,
        Shape.ARROW_RIGHT,
        "#B8578F",
        "For customers who have left and could be won back.",
        winback=True,
    ),
    Template(
        "Ended: out of coverage",
        "Out of coverage",
        Stage.ENDED,
        Shape.CROSS,
        "#7A8088",
        "For customers who have moved to where there is no service. They cannot be won back.",
    ),
)
"""The templates, in the order of the menu."""


def from_template(template: Template, others: Sequence[Status]) -> StatusFields:
    """Return the fields to start from, with a name and a look that none of the `others` has or is taken for."""
    return _freed(template.fields(), others)


def duplicate(status: Status, others: Sequence[Status]) -> StatusFields:
    """Return the fields of a copy of `status`, with a name and a look of its own; `others` include the status."""
    return _freed(fields_of(status), others)


def blank(stage: Stage, others: Sequence[Status]) -> StatusFields:
    """Return the fields of a status about which nothing is known yet but its stage."""
    look = suggest_look(_looks(others))
    return {
        "name": "",
        "activates": False,
        "shape": look.shape.value,
        "colour": look.colour,
        "stage": stage,
        "winback": False,
        "description": "",
        "required": (),
        "followers": (),
        "customer_note": "",
    }


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, or the first of “Name 2”, “Name 3”, … that is not taken; never longer than allowed."""
    keys = {name_key(other) for other in taken}
    if name_key(name) not in keys:
        return name
    endings = (f" {number}" for number in count(2))
    tries = (name[: LONGEST_NAME - len(ending)].rstrip() + ending for ending in endings)
    return next(tried for tried in tries if name_key(tried) not in keys)


def _freed(fields: StatusFields, others: Sequence[Status]) -> StatusFields:
    look = _free_look(Look(Shape(fields["shape"]), fields["colour"]), list(_looks(others)))
    name = free_name(fields["name"], (other.name for other in others))
    return {**fields, "name": name, "shape": look.shape.value, "colour": look.colour}


def _free_look(wanted: Look, taken: Sequence[Look]) -> Look:
    """Return the wanted look, or else its shape in a safe colour, or else any safe look."""
    if not any(looks_alike(wanted, look) for look in taken):
        return wanted
    safe = safe_suggestions(wanted.shape, taken)
    return Look(wanted.shape, safe[0]) if safe else suggest_look(taken)


def _looks(statuses: Iterable[Status]) -> Iterable[Look]:
    return (Look(Shape(status.shape), status.colour) for status in statuses if status.live)
