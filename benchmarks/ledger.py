"""What reading a meeting into the ledger costs, as a project grows, and what a one-line correction costs after it.

The project is made up by a seed: every week something is decided, promised, measured and told as done, between lines
of no weight; a meeting has as many lines as one of half an hour.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from agents.dossier.dossier import dossier
from agents.extract.items import find_items
from agents.ledger.reader import LedgerReader
from agents.link.meaning import EmbedderMeaning
from benchmarks.measure import percentile, report, throwaway_home
from ingestion.domain import Stage
from ingestion.repository import ProjectRepository
from ingestion.tables import Meeting, Utterance
from retrieval.domain import Line
from server.home import Home
from server.services import Services
from server.settings import Settings

MEETINGS, LINES, AROUND = 30, 300, 2
"""Meetings of the project, lines of each, and how many meetings on either side are measured with the 5th and 20th."""

HOURS_EACH = 0.5
"""How long a meeting of so many lines is, in hours."""

_MATTERS = (
    "login page", "billing export", "search index", "push service", "consent screen", "camera module", "price list",
    "backup job", "onboarding tour", "audit log", "mobile build", "report template", "partner portal", "test bench",
    "release notes", "data import", "invoice run", "support queue", "tariff table", "sensor board", "label printer",
    "training plan", "contract draft", "survey form", "office move", "budget sheet", "map view", "photo upload",
    "voice menu", "sync engine",
)  # fmt: skip
_TALK = (
    "I looked at the {a} again yesterday and it reminded me of the {b}.",
    "The {a} is much like it was, nothing to say there.",
    "People ask about the {a} more than about the {b}, which is funny.",
    "Somebody from the other floor wanted to see the {a}.",
    "Before the {a} we used to have something else for the {b}.",
    "You know how the {a} behaves when the {b} is slow.",
)  # fmt: skip
_PEOPLE = ("Ann Lee", "Bo Chen", "Cy Ortiz", "Di Weber")


def main() -> None:
    """Read the meetings one after the other, as they would come, and tell what each took."""
    seconds: list[float] = []
    with throwaway_home() as home:
        os.environ["HUIMAI_HOME"] = str(home)
        place = Home(home)
        place.own()
        services = Services(Settings(), place)
        services.open()
        try:
            reader = LedgerReader(services.database, EmbedderMeaning(services.embedder))
            services.warm_up()
            for week, lines in enumerate(_meetings(random.Random(7))):
                id = _store(services, week, lines)
                seconds.append(_read(services, reader, id))
            dossiers = [_timed_dossier(services) for _ in range(3)]
            corrected = _correct(services, reader, f"week{MEETINGS - 1:02}")
        finally:
            services.close()
            place.disown()
    early, late = _middle(seconds, 5), _middle(seconds, 20)
    report(
        "ledger",
        meetings=MEETINGS,
        lines_each=LINES,
        read_5th_s=round(early, 2),
        read_20th_s=round(late, 2),
        ratio=round(late / early, 2),
        # rules and vectors alone; what a chat model takes besides is told by `huimai eval ledger`
        seconds_per_hour=round(sum(seconds) / (MEETINGS * HOURS_EACH), 1),
        rules_cpu_s_per_1000_lines=round(_rules(), 2),
        dossier_s=round(percentile(dossiers, 0.5), 2),
        corrected_line_s=round(corrected, 2),
    )


def _meetings(chance: random.Random) -> Iterator[list[tuple[str, str]]]:
    promised: list[str] = []
    for week in range(MEETINGS):
        monday = date(2026, 1, 5) + timedelta(weeks=week)
        said = [(chance.choice(_PEOPLE), _talk(chance)) for _ in range(LINES)]
        places = iter(sorted(chance.sample(range(5, LINES - 1), 14)))
        for matter in promised:
            said[next(places)] = ("Ann Lee", f"The {matter} is done, I finished it on Friday.")
        promised = chance.sample(_MATTERS, 4)
        for days, matter in enumerate(promised, start=2):
            due = monday + timedelta(days=days)
            said[next(places)] = ("Ann Lee", f"I'll finish the {matter} by {due:%B} {due.day}.")
        decided, risk, asked = chance.sample(_MATTERS, 3)
        said[next(places)] = (
            "Bo Chen",
            f"Let's say the {decided} gets a budget of {chance.randint(5, 99)},000 dollars.",
        )
        said[next(places)] = ("Cy Ortiz", f"There is a risk that the {risk} is late, the supplier is not answering.")
        said[next(places)] = ("Di Weber", f"Who signs off the {asked}? I don't know, we have to leave that open.")
        said[next(places)] = ("Bo Chen", f"The crash rate is at {chance.randint(10, 60) / 10}% now.")
        yield said


def _rules() -> float:
    """CPU seconds that the rules alone, without any model, take for a thousand lines: all meetings read as one."""
    said = [one for lines in _meetings(random.Random(7)) for one in lines]
    lines = [Line(i, who, None, None, text) for i, (who, text) in enumerate(said)]
    find_items(lines[:LINES], date(2026, 1, 5))
    began = time.process_time()
    find_items(lines, date(2026, 1, 5))
    return (time.process_time() - began) * 1000 / len(lines)


def _talk(chance: random.Random) -> str:
    a, b = chance.sample(_MATTERS, 2)
    return chance.choice(_TALK).format(a=a, b=b)


def _store(services: Services, week: int, lines: Sequence[tuple[str, str]]) -> str:
    id = f"week{week:02}"
    with services.database.session() as session:
        project = ProjectRepository(session).ensure("Growing")
        session.flush()
        meeting = Meeting(
            id=id,
            project_id=project.id,
            title=f"Week {week + 1}",
            date=date(2026, 1, 5) + timedelta(weeks=week),
            date_source="given",
            source_name=f"{id}.txt",
            source_sha256=id,
            stage=Stage.READY,
        )
        session.add(meeting)
        session.flush()
        session.add_all(
            Utterance(meeting_id=id, index=i, speaker=who, text=text, raw_text=text, language="en")
            for i, (who, text) in enumerate(lines)
        )
    return id


def _read(services: Services, reader: LedgerReader, id: str) -> float:
    """Seconds until the dossier knows of the meeting."""
    began = time.perf_counter()
    for meeting, count in reader.want([id]).items():
        for linked in reader.extract(meeting, count):
            reader.link(linked)
        reader.finish(meeting, count)
    dossier(services.ledger, "Growing")
    return time.perf_counter() - began


def _timed_dossier(services: Services) -> float:
    began = time.perf_counter()
    dossier(services.ledger, "Growing")
    return time.perf_counter() - began


def _correct(services: Services, reader: LedgerReader, id: str) -> float:
    with services.database.session() as session:
        line = session.get(Utterance, (id, 3))
        assert line
        line.text = "Nothing to say here."
    return _read(services, reader, id)


def _middle(seconds: Sequence[float], nth: int) -> float:
    around = seconds[nth - 1 - AROUND : nth + AROUND]
    return percentile(around, 0.5)


if __name__ == "__main__":
    main()
