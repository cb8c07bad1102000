"""What speaks against a move by the office's own rules, and against handing debts over and taking them back."""

from statusdesk.domain.errors import Refused


class DetailsMissing(Refused):
    """Accounts that would come into a status without what it requires; `missing` are the names of that."""

    sentence = "“{name}” needs {details}. Fill that in, or choose another status."

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is missing, as `domain.admission` has them."""
        return tuple(str(self.facts["missing"]).split())


class MayNotFollow(Refused):
    """A move into a status that may not follow the present one."""

    sentence = (
        "“{before}” may be followed only by {followers}. Choose one of these, or change the rules of “{before}”."
    )


class OnlyTakenBack(Refused):
    """A move out of debt into a status that is billed, by another way than the deliberate one."""

    sentence = (
        "From “{before}” to “{name}”, which is billed, accounts are moved only by “Take back…”. "
        "Use that, or choose a status that is not billed."
    )


class NotInDebt(Refused):
    """Taking back accounts that are not in debt."""

    sentence = "None of these accounts is in a status of the stage Debt, so there is nothing to take back."


class StillDebt(Refused):
    """Taking accounts back into another status of the stage Debt."""

    sentence = "“{name}” is of the stage Debt itself. Choose a status to come back to."


class NotForDebts(Refused):
    """Handing accounts over into a status that is billed or not of the stage Debt."""

    sentence = "“{name}” is not for debts. Choose a status of the stage Debt that is not billed."


class NoStatusForDebts(Refused):
    """Handing accounts over without saying into which status, where there is not exactly one for debts."""

    sentence = (
        "Say which status of the stage Debt takes them: {found}. "
        "Where there is none, make one from the template Collections."
    )


class AgencyMissing(Refused):
    """Handing accounts over to nobody."""

    sentence = "Say which agency takes them."
