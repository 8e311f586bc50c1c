"""Open commitments with a due date as calendar entries of a whole day (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from agents.exports.paper import Paper, cites, one_line
from agents.exports.wording import WORDS
from agents.ledger.matters import Matter
from agents.ledger.wording import STATUSES

if TYPE_CHECKING:
    from icalendar import Event


def written(paper: Paper) -> bytes:
    """A calendar. An entry keeps its identity while what is promised is dated anew or handed over."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Huimai//Commitments//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", WORDS[paper.language]["calendar"].format(project=paper.project))
    for matter in paper.open_commitments:
        if matter.thread.due:
            calendar.add_component(_event(matter, paper))
    return calendar.to_ical()


def _event(matter: Matter, paper: Paper) -> Event:
    from icalendar import Event

    thread, words = matter.thread, WORDS[paper.language]
    assert thread.due
    text = one_line(matter.shown.said.text)
    said = cites(matter.evidence, paper.base, paper.language)
    lines = [f"{cite.source} {cite.place}\n{words['quote'].format(text=cite.quote)}\n{cite.url}" for cite in said]
    event = Event()
    event.add("uid", f"{thread.id}@huimai")
    event.add("dtstamp", datetime.combine(thread.steps[-1].item.day, time(), UTC))
    event.add("sequence", len(thread.steps) - 1)
    event.add("dtstart", thread.due.day)
    event.add("dtend", thread.due.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", words["owned"].format(name=one_line(thread.owner.name), text=text) if thread.owner else text)
    event.add("description", "\n\n".join([STATUSES[matter.status][paper.language], *lines]))
    if said:
        event.add("url", said[0].url)
    return event
