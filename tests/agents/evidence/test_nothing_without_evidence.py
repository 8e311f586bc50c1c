"""Whatever the meetings are: no owner, day or number in any output that its evidence does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from agents.comparison.markdown import comparison_markdown
from agents.comparison.report import compare
from agents.dossier.dossier import dossier
from agents.dossier.markdown import dossier_markdown
from agents.exports.export import ExportFormat, export
from agents.ledger.listing import Wanted, listed
from agents.ledger.reader import LedgerReader
from agents.ledger.service import Ledger
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.repository import ProjectRepository
from ingestion.tables import Meeting, Utterance
from ingestion.vectors.edge import EdgeVectorStore
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from server.migrations import migrate
from tests.agents.evidence.said import PEOPLE, Meetings, Said, meetings, numbers_in
from tests.agents.ledger.test_reader import BagOfWords, read
from tests.doubles import HashEmbedder

Document = dict[str, Any]

_DAY = re.compile(
    r"(?P<day>\d{1,2}) (?P<name>[A-Z][a-z]{2}) (?P<year>20\d\d)|\d{4}-\d\d-\d\d|\d{1,4}年\d{1,2}月\d{1,2}日"
)


class Home:
    """A ledger over real stores; every example is a project of its own."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'huimai.db'}")
        migrate(self.database)
        embedder = HashEmbedder()
        self.vectors = EdgeVectorStore(folder / "vectors", embedder.dimensions, embedder.model_id)
        retrieval = RetrievalService(self.database, self.vectors, embedder, RetrievalSettings())
        self.reader, self.ledger = LedgerReader(self.database, BagOfWords()), Ledger(self.database, retrieval)
        self._projects = count()

    def read(self, given: Meetings) -> tuple[str, dict[str, tuple[date, list[Said]]]]:
        """Store and read the meetings. Returns the project's name, and by its id the day and the lines of each."""
        name = f"P{next(self._projects)}"
        held: dict[str, tuple[date, list[Said]]] = {}
        for day, lines in given:
            held[self._store(name, day, list(lines))] = (day, list(lines))
        read(self.reader, *held)
        return name, held

    def _store(self, name: str, day: date, lines: list[Said]) -> str:
        with self.database.session() as session:
            project = ProjectRepository(session).ensure(name)
            session.flush()
            given = {
                "title": "Weekly",
                "date": day,
                "date_source": "given",
                "source_name": "a.txt",
                "source_sha256": f"{name} {day}",
            }
            meeting = Meeting(project_id=project.id, stage=Stage.READY, **given)
            session.add(meeting)
            session.flush()
            session.add_all(
                Utterance(
                    meeting_id=meeting.id, index=i, speaker=s.speaker, text=s.text, raw_text=s.text, language="en"
                )
                for i, s in enumerate(lines)
            )
            return meeting.id


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(tmp_path_factory.mktemp("home"))
    yield home
    home.vectors.close()
    home.database.close()


def _day(found: re.Match[str]) -> date:
    if found["name"]:
        return datetime.strptime(found.group(), "%d %b %Y").date()
    return date(*map(int, re.findall(r"\d+", found.group())))


class Stands:
    """What the lines of some evidence say."""

    def __init__(self, held: dict[str, tuple[date, list[Said]]], evidence: list[Document]) -> None:
        self.lines: list[Said] = []
        self.meetings: set[date] = set()
        for one in evidence:
            day, lines = held[one["meeting_id"]]
            first, last = one["utterances"]
            assert one["quote"], "evidence without a quote"
            self.lines += lines[first : last + 1]
            self.meetings.add(day)

    @property
    def people(self) -> set[str]:
        """Who speaks or is named."""
        return {p for line in self.lines for p in (*line.people, line.speaker) if p}

    @property
    def days(self) -> set[date]:
        """The days that are said."""
        return {day for line in self.lines for day in line.days}

    def shown(self, text: str) -> None:
        """Nothing in the text that the lines do not say, the days of their meetings apart."""
        assert {name for name in PEOPLE if name in text} <= self.people, text
        known = self.days | self.meetings
        rest = text
        for found in _DAY.finditer(text):
            assert _day(found) in known, text
            rest = rest.replace(found.group(), " ")
        said = {number for line in self.lines for number in line.numbers}
        assert numbers_in(rest) <= said, text


def claims(document: Document) -> Iterator[Document]:
    """Every claim of a dossier or a comparison."""
    yield from document.get("summary", [])
    for section in document.get("sections", []):
        yield from section["claims"]


def matters_hold(held: dict[str, tuple[date, list[Said]]], matter: Document) -> None:
    for step in (matter, *matter["history"]):
        stands = Stands(held, [e for one in matter["history"] for e in one["evidence"]] + step["evidence"])
        assert step["evidence"], step
        assert step["owner"] is None or step["owner"] in stands.people, step
        assert step["due"] is None or date.fromisoformat(step["due"]) in stands.days, step
        value = step.get("value")
        assert value is None or any(float(number) == float(value) for line in stands.lines for number in line.numbers)


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=meetings())
def test_no_owner_day_or_number_stands_anywhere_without_its_evidence(home: Home, said: Meetings) -> None:
    name, held = home.read(said)
    page = listed(home.ledger, name, Wanted(), limit=500)
    found, between = dossier(home.ledger, name), compare(home.ledger, [name])
    for matter in page.matters:
        matters_hold(held, matter.to_json())
    for document in (found.to_json(), between.to_json()):
        for claim in claims(document):
            Stands(held, claim["evidence"]).shown(claim["text"])
    for section in ("new", "changed", "closed", "carried", "dropped"):
        for row in between.to_json()[section]:
            matters_hold(held, row["item"])

    told = [e for matter in page.matters for one in matter.to_json()["history"] for e in one["evidence"]]
    told += [
        e for document in (found.to_json(), between.to_json()) for claim in claims(document) for e in claim["evidence"]
    ]
    everything = Stands(held, told)
    calendar = export(found, ExportFormat.ICS, "http://localhost").decode()
    due = {date(int(d[:4]), int(d[4:6]), int(d[6:])) for d in re.findall(r"DTSTART;VALUE=DATE:(\d{8})", calendar)}
    assert due <= everything.days
    for text in (dossier_markdown(found), comparison_markdown(between)):
        assert {person for person in PEOPLE if person in text} <= everything.people
