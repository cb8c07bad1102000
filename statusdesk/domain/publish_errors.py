"""What can stand in the way of a publish; nothing was written then, and each says what to do."""

from statusdesk.domain.errors import StatusDeskError


class PublishTrouble(StatusDeskError):
    """A RADIUS database that cannot be published to; nothing was written there."""


class UnknownTarget(PublishTrouble):
    """A URL of a kind that we do not know."""

    sentence = "“{url}” is no address of a RADIUS database. Write sqlite:///PATH, postgresql://HOST/NAME or mysql://HOST/NAME."


class RadiusUnreachable(PublishTrouble):
    """No connection, or one that broke."""

    sentence = "The RADIUS database {place} does not answer ({reason}). Nothing was published; try again later."


class RadiusBroke(PublishTrouble):
    """The database refused what was asked."""

    sentence = "The RADIUS database {place} refused the change ({reason}). Nothing was published."


class NoRights(PublishTrouble):
    """The publisher's login may not read or write what it must."""

    sentence = (
        "The login for the RADIUS database {place} lacks rights ({reason}). Nothing was published. Ask its owner"
        " for these:\n{rights}"
    )


class NotRadius(PublishTrouble):
    """A database without FreeRADIUS's tables."""

    sentence = "{place} is not a FreeRADIUS database, or its schema was not loaded ({reason})."


class AnotherPublish(PublishTrouble):
    """Another publisher holds the lock."""

    sentence = "Another publish to {place} is running ({seconds} s waited). Nothing was published; try again."


class KeepsChanging(PublishTrouble):
    """What is ours in the RADIUS database changed again and again while we compared it."""

    sentence = (
        "Somebody else keeps changing our rows in {place}. Nothing was published; find out who, then try again."
    )


class WouldLose(PublishTrouble):
    """More accounts would lose service than may without a confirmation."""

    sentence = (
        "{losing} accounts would lose service, of {served} that are served; without a confirmation {allowed} may."
        " Nothing was published. Look at who they are, then confirm exactly {losing}."
    )


class WouldLoseAtFirst(WouldLose):
    """Nobody is served through us yet, but many who can go online now would be refused."""

    sentence = (
        "{losing} accounts that can go online now would lose service; without a confirmation {allowed} may."
        " Nothing was published. Look at who they are, then confirm exactly {losing}."
    )


class NothingToServe(PublishTrouble):
    """No account has a level and a RADIUS user: a publish would take everybody off."""

    sentence = (
        "No account has a RADIUS user and a service level: a publish would take service from all {losing} members."
        " Nothing was published."
    )


class LevelsNotReady(PublishTrouble):
    """Something must be mended before anything is published."""

    sentence = "Nothing was published to {place}: {problems}"
