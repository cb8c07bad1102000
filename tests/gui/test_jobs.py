"""Work off the painting thread: what comes after the end is dropped, not done and no mistake."""

from pytestqt.qtbot import QtBot

from statusdesk.gui.jobs import Jobs


def test_closed_jobs_take_no_more_work(qtbot: QtBot) -> None:
    jobs, done = Jobs(), list[str]()
    jobs.run(lambda _: "before", done.append, lambda _: None)
    qtbot.waitUntil(lambda: done == ["before"])
    jobs.close()
    jobs.run(lambda _: "after", done.append, lambda _: None)
    assert jobs.idle
    assert done == ["before"]
