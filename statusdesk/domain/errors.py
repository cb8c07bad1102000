"""What can go wrong, sorted by whose fault it is; each kind carries one sentence with the way out."""

from typing import ClassVar


class StatusDeskError(Exception):
    """A failure that a person can understand and act on.

    `sentence` is a template; its facts are given by keyword and kept in `facts`, so that the window can
    translate the template and the command line can print it as it is.
    """

    sentence: ClassVar[str] = "{what}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.facts)


def _rebuild(kind: type[StatusDeskError], facts: dict[str, object]) -> StatusDeskError:
    return kind(**facts)


class Refused(StatusDeskError):
    """What was asked for breaks a rule; nothing was changed."""


class BadValue(Refused):
    """A value that a field cannot take."""

    sentence = "{field}: “{value}” {reason}."


class NameMissing(Refused):
    """A status or a level without a name."""

    sentence = "A name is needed. Type one of 1 to 40 characters."


class NameTooLong(Refused):
    """A name of more than 40 characters."""

    sentence = "The name has {length} characters; 40 is the most. Shorten it."


class NameTaken(Refused):
    """Another status has this name, without regard to case."""

    sentence = "There is already a status named “{name}”. Choose another name."


class LookTaken(Refused):
    """Another live status has exactly this shape and colour."""

    sentence = "“{name}” already has this shape in this colour. Choose another shape or colour."


class WinbackNeedsEnded(Refused):
    """Winback on a status that is not Ended."""

    sentence = "Only a status of the stage Ended can allow winning back. Change its stage, or turn winback off."


class BuiltInLocked(Refused):
    """A change that the three built-in statuses do not allow."""

    sentence = "“{name}” is one of the three statuses that every database has: its {what} cannot be changed."


class BuiltInStays(Refused):
    """Deleting, retiring or merging away a built-in status."""

    sentence = "“{name}” is one of the three statuses that every database has: it cannot be {deed}."


class NoSuchStatus(Refused):
    """No live status by that name."""

    sentence = "There is no status named “{name}”. The statuses are: {known}."


class StatusGone(Refused):
    """A status that was deleted meanwhile."""

    sentence = "This status was deleted meanwhile. Choose another one."


class StatusRetired(Refused):
    """Moving accounts into a retired status."""

    sentence = "“{name}” is retired and takes no accounts. Bring it back first, or choose another status."


class NotForEnding(Refused):
    """Disconnecting into a status that is billed or not of the stage Ended."""

    sentence = "“{name}” is not for ended accounts. Choose a status of the stage Ended that is not billed."


class NotForInstalled(Refused):
    """An installation that is done, into a status that is not billed."""

    sentence = "“{name}” is not billed and gives no service. Choose a status for accounts that are installed."


class NotForFailed(Refused):
    """An installation that failed, into a status whose accounts do not wait for one."""

    sentence = "“{name}” is not for failed installs. Choose a status of the stage Onboarding that is not billed."


class NotWaiting(Refused):
    """The outcome of an installation for accounts that do not wait for one."""

    sentence = "These accounts do not wait for an installation: {numbers}. Leave them out."


class ChoiceMissing(Refused):
    """Nothing chosen from a list of the office that must be chosen from."""

    sentence = "Choose a reason. These are offered: {offered}."


class NotOffered(Refused):
    """A reason that is not on its list."""

    sentence = (
        "“{value}” is not among the {list}. These are: {offered}. Others are added in Accounts ▸ Manage lists."
    )


class StatusInUse(Refused):
    """Deleting a status that still has accounts, without saying where they go."""

    sentence = "“{name}” still has accounts ({count}). Say which status they move to."


class SameStatus(Refused):
    """Merging or moving a status into itself."""

    sentence = "“{name}” cannot be merged into itself. Choose another status."


class StatusChangedMeanwhile(Refused):
    """A status that somebody else changed after it was opened for editing."""

    sentence = "“{name}” was changed meanwhile, by {author}. Look at both versions, then choose."


class AccountChangedMeanwhile(Refused):
    """An account of which somebody else changed the same fields after it was opened for editing."""

    sentence = "“{name}” was changed meanwhile, by {author}. Look at both versions, then choose."


class NumberMissing(Refused):
    """An account without a number."""

    sentence = "An account needs a number. Type one."


class StatusMissing(Refused):
    """An account without a status."""

    sentence = "An account needs a status. Choose one."


class NumberTaken(Refused):
    """Another open account has this number."""

    sentence = "There is already an account with the number “{number}”. Choose another number."


class NoSuchAccount(Refused):
    """No open account with that number."""

    sentence = "There is no account with the number “{number}”."


class NothingToUndo(Refused):
    """The person at this desk has no change set left to undo."""

    sentence = "There is nothing of yours to undo."


class NothingToRedo(Refused):
    """The person at this desk has undone nothing that could be redone."""

    sentence = "There is nothing to redo."


class AlreadyUndone(Refused):
    """A change set that was taken back before."""

    sentence = "This change was already undone."


class PlanInPast(Refused):
    """A planned change for an instant that has passed."""

    sentence = "{due} has passed already. Choose a later time, or make the change now."


class ReturnBeforeLeave(Refused):
    """A vacation that would end before it begins."""

    sentence = "The return ({back}) is not after the leave ({leave}). Choose a later return."


class YearlyNeedsReturn(Refused):
    """Every year is for vacations that have a leave and a return."""

    sentence = "Only a vacation with leave and return can come again every year. Give both."


class ChargeNeedsService(Refused):
    """A charge while away in a status that does not bill."""

    sentence = "“{name}” is not billed, so there is no charge while away. Leave it out, or choose another status."


class NoSuchPlan(Refused):
    """No open planned change of this number."""

    sentence = "No planned change with the number {number} is open. It was done or cancelled, or never made."


class Locked(Refused):
    """A change where a window is for looking only."""

    sentence = "{why}"


class Cancelled(StatusDeskError):
    """A person stopped the job; nothing of it was kept."""

    sentence = "Cancelled. Nothing was changed."


class NotAllowed(StatusDeskError):
    """The server does not let this login do that."""

    sentence = (
        "Your login may not do this in {path} ({reason}). Nothing was changed. Ask its owner for another role."
    )


class LevelNameTaken(Refused):
    """Another service level has this name, without regard to case."""

    sentence = "There is already a service level named “{name}”. Choose another name."


class LevelGone(Refused):
    """A service level that was deleted, or never was."""

    sentence = "There is no such service level any more. Choose another one."


class LevelInUse(Refused):
    """Deleting a level that cells of the grid or accounts name."""

    sentence = "“{name}” is in use: {uses}. Give them another level first."


class LevelKindStays(Refused):
    """Another kind for a level that exists."""

    sentence = (
        "“{name}” cannot become another kind: for a moment its members would be let in without limits. Make a new"
        " level and give it to the statuses instead."
    )
