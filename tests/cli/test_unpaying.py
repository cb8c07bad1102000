"""Those who do not pay, by command: marked, listed, ruled, carried out by `due`."""

from tests.cli.conftest import Terminal


def test_the_rule_is_set_tried_and_carried_out_by_due(office: Terminal) -> None:
    assert office("unpaid", "rule") == "No rule is set.\n"
    words = ("unpaid", "rule", "--days", "0", "--to", "Vacation", "--not-on", "12-24")
    assert office(*words) == (
        "After 0 days of not paying: Vacation. Once paid: the status of before.\nNobody is cut on: 12-24\n"
    )
    assert office("unpaid", "mark", "--account", "001") == "Marked 1 account as not paying.\n"
    (seen,) = office.json("unpaid", "list")
    assert (seen["number"], seen["next"], seen["target"], seen["days"]) == ("001", "waits", "Vacation", 0)
    assert "→ Vacation on" in office("unpaid", "list")
    tried = office("due", "--dry-run")
    assert tried == "Dry run, nothing is changed.\nNot paid, to Vacation: 1 account\n"
    (done,) = office.json("due")
    assert (done["number"], done["result"], done["status"]) == ("001", "cut", "Vacation")
    assert office("due") == "Nothing is due.\n"
    office("unpaid", "paid", "--account", "001")
    assert office("due") == "Paid, back, to Active: 1 account\n"
    office("unpaid", "rule", "--off")
    assert office.json("unpaid", "rule") == []
    assert "needs both" in office.refused("unpaid", "rule", "--days", "3", code=2)
    assert "is not a date like" in office.refused(*words[:-1], "Christmas")
