"""The words for change sets: templates that the window translates and the command line prints."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from statusdesk.domain.records import ChangeSet

Translate = Callable[[str], str]


class Phrase(NamedTuple):
    """What a kind of change set is called: before it is done ("Move 2 accounts to …") and after ("Moved …").

    The second form of each pair is for one account.
    """

    deed: str
    fact: str
    deed_one: str = ""
    fact_one: str = ""


PHRASES: Mapping[str, Phrase] = {
    "create_database": Phrase("Make the database", "Made the database with its three statuses"),
    "rehearsal": Phrase(
        "Apply a rehearsal to {count} accounts",
        "Applied a rehearsal to {count} accounts",
        "Apply a rehearsal to 1 account",
        "Applied a rehearsal to 1 account",
    ),
    "restore": Phrase("Restore the backup of {backup}", "Restored the backup of {backup}"),
    "repair_counters": Phrase("Repair the counts", "Repaired the counts, from the journal"),
    "create_status": Phrase("Create {status}", "Created {status}"),
    "edit_status": Phrase("Edit {status}", "Edited {status}"),
    "rename_status": Phrase("Rename {old} to {status}", "Renamed {old} to {status}"),
    "activation": Phrase("Change what {status} does", "Changed what {status} does"),
    "place_status": Phrase("Move {status} in the list", "Moved {status} in the list"),
    "retire_status": Phrase("Retire {status}", "Retired {status}"),
    "bring_back_status": Phrase("Bring back {status}", "Brought back {status}"),
    "merge_statuses": Phrase(
        "Merge {status} into {into}, with {count} accounts",
        "Merged {status} into {into}, with {count} accounts",
        "Merge {status} into {into}, with 1 account",
        "Merged {status} into {into}, with 1 account",
    ),
    "delete_status": Phrase("Delete {status}", "Deleted {status}"),
    "empty_and_delete_status": Phrase(
        "Move {count} accounts to {into} and delete {status}",
        "Moved {count} accounts to {into} and deleted {status}",
        "Move 1 account to {into} and delete {status}",
        "Moved 1 account to {into} and deleted {status}",
    ),
    "reassign": Phrase(
        "Move {count} accounts to {status}",
        "Moved {count} accounts to {status}",
        "Move 1 account to {status}",
        "Moved 1 account to {status}",
    ),
    "unpaid_cut": Phrase(
        "Move {count} accounts to {status}: not paid for {days} days",
        "Moved {count} accounts to {status}: not paid for {days} days",
        "Move 1 account to {status}: not paid for {days} days",
        "Moved 1 account to {status}: not paid for {days} days",
    ),
    "unpaid_return": Phrase(
        "Move {count} accounts back to {status}: paid",
        "Moved {count} accounts back to {status}: paid",
        "Move 1 account back to {status}: paid",
        "Moved 1 account back to {status}: paid",
    ),
    "mark_unpaid": Phrase(
        "Mark {count} accounts as not paying",
        "Marked {count} accounts as not paying",
        "Mark 1 account as not paying",
        "Marked 1 account as not paying",
    ),
    "mark_paid": Phrase(
        "Note that {count} accounts have paid",
        "Noted that {count} accounts have paid",
        "Note that 1 account has paid",
        "Noted that 1 account has paid",
    ),
    "hand_over": Phrase(
        "Hand {count} accounts over to {agency}",
        "Handed {count} accounts over to {agency}",
        "Hand 1 account over to {agency}",
        "Handed 1 account over to {agency}",
    ),
    "take_back": Phrase(
        "Take {count} accounts back from collections into {status}",
        "Took {count} accounts back from collections into {status}",
        "Take 1 account back from collections into {status}",
        "Took 1 account back from collections into {status}",
    ),
    "create_account": Phrase("Add account {number}", "Added account {number}"),
    "edit_account": Phrase("Edit account {number}", "Edited account {number}"),
    "import": Phrase(
        "Import {count} accounts from {file}",
        "Imported {count} accounts from {file}",
        "Import 1 account from {file}",
        "Imported 1 account from {file}",
    ),
    "plan_made": Phrase(
        "Plan that {count} accounts move to {status} on {due}",
        "Planned that {count} accounts move to {status} on {due}",
        "Plan that 1 account moves to {status} on {due}",
        "Planned that 1 account moves to {status} on {due}",
    ),
    "vacation_planned": Phrase(
        "Plan {status} for {count} accounts from {due} to {back}",
        "Planned {status} for {count} accounts from {due} to {back}",
        "Plan {status} for 1 account from {due} to {back}",
        "Planned {status} for 1 account from {due} to {back}",
    ),
    "vacation_begun": Phrase(
        "Move {count} accounts to {status} until {back}",
        "Moved {count} accounts to {status} until {back}",
        "Move 1 account to {status} until {back}",
        "Moved 1 account to {status} until {back}",
    ),
    "plan_edited": Phrase(
        "Edit {count} planned changes",
        "Edited {count} planned changes",
        "Edit 1 planned change",
        "Edited 1 planned change",
    ),
    "plan_postponed": Phrase(
        "Move {count} planned changes to {due}",
        "Moved {count} planned changes to {due}",
        "Move 1 planned change to {due}",
        "Moved 1 planned change to {due}",
    ),
    "plan_extended": Phrase(
        "Set the return of {count} accounts to {due}",
        "Set the return of {count} accounts to {due}",
        "Set the return of 1 account to {due}",
        "Set the return of 1 account to {due}",
    ),
    "plan_cancelled": Phrase(
        "Cancel {count} planned changes",
        "Cancelled {count} planned changes",
        "Cancel 1 planned change",
        "Cancelled 1 planned change",
    ),
    "plan_applied": Phrase(
        "Move {count} accounts to {status}, as planned for {due}",
        "Moved {count} accounts to {status}, as planned for {due}",
        "Move 1 account to {status}, as planned for {due}",
        "Moved 1 account to {status}, as planned for {due}",
    ),
    "plan_returned": Phrase(
        "Bring {count} accounts back",
        "Brought {count} accounts back",
        "Bring 1 account back",
        "Brought 1 account back",
    ),
    "plan_found_done": Phrase(
        "Settle {count} planned changes to {status}: already there",
        "Settled {count} planned changes to {status}: already there",
        "Settle 1 planned change to {status}: already there",
        "Settled 1 planned change to {status}: already there",
    ),
    "plan_flagged": Phrase(
        "Flag {count} planned changes to {status} for a person",
        "Flagged {count} planned changes to {status} for a person",
        "Flag 1 planned change to {status} for a person",
        "Flagged 1 planned change to {status} for a person",
    ),
    "billing_run": Phrase("Bill {month}: {count} accounts", "Billed {month}: {count} accounts"),
    "publish_target": Phrase("Change the target {target}", "Changed the target {target}"),
    "give_level": Phrase("Change which level {status} gives", "Changed which level {status} gives"),
    "create_level": Phrase("Make the service level {level}", "Made the service level {level}"),
    "edit_level": Phrase("Edit the service level {level}", "Edited the service level {level}"),
    "place_level": Phrase(
        "Move the service level {level} in the list", "Moved the service level {level} in the list"
    ),
    "delete_level": Phrase("Delete the service level {level}", "Deleted the service level {level}"),
    "usual_levels": Phrase("Make the usual service levels", "Made the usual service levels"),
    "disconnect": Phrase(
        "Disconnect {count} accounts: {status}",
        "Disconnected {count} accounts: {status}",
        "Disconnect 1 account: {status}",
        "Disconnected 1 account: {status}",
    ),
    "install_done": Phrase(
        "Record that {count} accounts are installed: {status}",
        "Recorded that {count} accounts are installed: {status}",
        "Record that 1 account is installed: {status}",
        "Recorded that 1 account is installed: {status}",
    ),
    "install_failed": Phrase(
        "Record that the installation of {count} accounts failed",
        "Recorded that the installation of {count} accounts failed",
        "Record that the installation of 1 account failed",
        "Recorded that the installation of 1 account failed",
    ),
    "set_field": Phrase(
        "Set “{field}” of {count} accounts to {value}",
        "Set “{field}” of {count} accounts to {value}",
        "Set “{field}” of 1 account to {value}",
        "Set “{field}” of 1 account to {value}",
    ),
    "clear_field": Phrase(
        "Take “{field}” away from {count} accounts",
        "Took “{field}” away from {count} accounts",
        "Take “{field}” away from 1 account",
        "Took “{field}” away from 1 account",
    ),
    "office_settings": Phrase("Change the settings of the office", "Changed the settings of the office"),
    "choices": Phrase("Change lists: {lists}", "Changed lists: {lists}"),
    "settings": Phrase("Change the limits of reports", "Changed the limits of reports"),
}


def _same(text: str) -> str:
    return text


def deed(kind: str, facts: Mapping[str, str], translate: Translate = _same) -> str:
    """Say what the change set would do: “Move 287 accounts to Vacation”."""
    phrase = PHRASES[_kind(kind, facts)]
    one = facts.get("count") == "1" and phrase.deed_one
    return translate(one or phrase.deed).format(**facts)


def fact(kind: str, facts: Mapping[str, str], translate: Translate = _same) -> str:
    """Say what the change set did: “Moved 287 accounts to Vacation”, “Undid: Moved …”."""
    phrase = PHRASES[_kind(kind, facts)]
    one = facts.get("count") == "1" and phrase.fact_one
    said = translate(one or phrase.fact).format(**facts)
    if kind == "undo":
        return translate("Undid: {fact}").format(fact=said)
    return translate("Did again: {fact}").format(fact=said) if kind == "redo" else said


def describe(change_set: ChangeSet, translate: Translate = _same) -> str:
    """Say what a change set on record did."""
    return fact(change_set.kind, change_set.facts, translate)


def _kind(kind: str, facts: Mapping[str, str]) -> str:
    return facts["of"] if kind in ("undo", "redo") else kind
