"""What keeps a database from being opened, read or written; each kind carries one sentence with the way out."""

from statusdesk.domain.errors import StatusDeskError


class StoreUnavailable(StatusDeskError):
    """The environment's fault: the file cannot be used as it is; not a byte of it was changed."""


class Unreachable(StoreUnavailable):
    """The server that keeps the database does not answer; what a window shows is from before."""


class InDoubt(Unreachable):
    """The server stopped answering while a change was being saved; it can be asked for `change` when it does."""

    change: tuple[int, str] | None = None
    """The change set's number, and its whole record as the server would have it."""


class CannotOpen(StoreUnavailable):
    """The path is no file that could be opened or made."""

    sentence = "{path} cannot be opened: {reason}. Choose another file or ask for access to it."


class NotADatabase(StoreUnavailable):
    """The file is something else."""

    sentence = "{path} is not a StatusDesk database. Choose another file; this one was left as it is."


class EmptyFile(StoreUnavailable):
    """A file without content where a database is expected: perhaps one that was cut off."""

    sentence = (
        "{path} is empty. If it was your database, put its newest backup in its place; "
        "to start anew, delete the empty file."
    )


class Damaged(StoreUnavailable):
    """The file is a StatusDesk database, but broken."""

    sentence = (
        "{path} is damaged ({reason}). Nothing was written to it. "
        "Keep the file, and open its newest backup instead."
    )


class FromTheFuture(StoreUnavailable):
    """The schema is newer than this program."""

    sentence = "{path} was made by a newer StatusDesk (schema {found}, this one knows {known}). Update StatusDesk."


class ReadOnly(StoreUnavailable):
    """The file or its folder does not allow writing."""

    sentence = "{path} is read-only. Allow writing to the file and its folder, or copy it somewhere you may write."


class OnShare(StoreUnavailable):
    """A file on a network share, where two computers that write can damage it."""

    sentence = (
        "{path} is on a network share ({kind}), where it is not safe to change it: two computers that write there"
        " can damage it. Copy it to a disk of this computer, or move it to a PostgreSQL server."
    )


class Gone(StoreUnavailable):
    """A database that is not there any more, although backups of it are."""

    sentence = (
        "{path} is not there any more, but backups of it are. Put one in its place by `statusdesk restore`, "
        "or find the file."
    )


class InUse(StoreUnavailable):
    """Another process holds the write lock for longer than we wait."""

    sentence = "{path} is in use by another program. Wait until it has finished, then try again."


class DiskTrouble(StoreUnavailable):
    """The disk is full or failed; the change was not made."""

    sentence = (
        "{path} could not be written ({reason}). Nothing was changed. Make room on the disk, then try again."
    )
