"""Reviews over a real home: flags, confirming, what a glossary changes, and that its words stay searchable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.domain import GlossaryEntry, SearchFilter, Stage
from ingestion.errors import ConflictError, NotFoundError
from ingestion.repository import ProjectRepository, TranscriptRepository
from ingestion.review.glossary_changes import GlossaryState
from ingestion.review.service import Reviewer
from ingestion.settings import IngestionSettings
from ingestion.speakers.domain import SpeakerTurn
from tests.ingestion.corrections.conftest import House

LINES = (
    ("Mina", "We move to quill gate."),
    ("Jon", "The budget is 15 dollars."),
    ("Mina", "The budget is 50 dollars."),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.vectors.close()
    house.database.close()


@pytest.fixture
def reviewer(house: House) -> Reviewer:
    return Reviewer(house.database, house.corrector, IngestionSettings(chunk_words=20))


def learn(house: House, *entries: GlossaryEntry, project: str = "Atlas") -> None:
    with house.database.session() as session:
        projects = ProjectRepository(session)
        owner = projects.ensure(project).id
        for entry in entries:
            projects.put_term(owner, entry)


def flagged(reviewer: Reviewer, id: str) -> list[int]:
    return [flag.line for flag in reviewer.flags(id)]


def changes(reviewer: Reviewer) -> list[tuple[str, int, str, str, str]]:
    found = reviewer.changes(None).changes
    return [(one.meeting_id, one.line, one.before, one.after, one.state) for one in found]


def finds(house: House, text: str) -> list[str]:
    return [hit.id for hit in house.vectors.search_sparse(house.query(text), SearchFilter(), 5)]


def test_a_confirmed_line_is_not_flagged_again_until_that_is_undone(house: House, reviewer: Reviewer) -> None:
    house.read("weekly", *LINES)
    assert flagged(reviewer, "weekly") == [1, 2]
    (event,) = house.corrector.confirm("weekly", [1], made_by="Ada")
    assert (event.kind, event.made_by, event.after) == (
        "right",
        "Ada",
        {"text": "The budget is 15 dollars.", "speaker": "Jon"},
    )
    assert flagged(reviewer, "weekly") == [2]
    house.derive("weekly")
    assert flagged(reviewer, "weekly") == [2]
    house.corrector.undo(event.correction_id)
    assert flagged(reviewer, "weekly") == [1, 2]


def test_a_corrected_line_is_not_flagged(house: House, reviewer: Reviewer) -> None:
    house.read("weekly", *LINES)
    house.corrector.correct_text("weekly", 1, "The budget is 15 dollars, I said.")
    assert flagged(reviewer, "weekly") == [2]


def test_an_earlier_meeting_of_the_project_counts(house: House, reviewer: Reviewer) -> None:
    house.read("a", LINES[1])
    house.read("b", LINES[2])
    house.read("c", LINES[2], project="Other")
    assert [flagged(reviewer, id) for id in "abc"] == [[], [0], []]


def test_confirming_embeds_nothing_and_makes_a_speaker_sure(house: House, reviewer: Reviewer) -> None:
    house.hear("call", (0.0, 4.0, "We ship."), (4.0, 8.0, "Who tells them?"))
    with house.database.session() as session:
        TranscriptRepository(session).replace_turns("call", [SpeakerTurn(n, 0.0, 8.0) for n in (1, 2)])
    house.derive("call")
    assert flagged(reviewer, "call") == [0, 1]
    house.embedder.embedded.clear()
    (event,) = house.corrector.confirm("call", [1])
    assert flagged(reviewer, "call") == [0]
    assert house.embedder.embedded == []
    house.derive("call")
    assert flagged(reviewer, "call") == [0]
    house.corrector.undo(event.correction_id)
    assert flagged(reviewer, "call") == [0, 1]


def test_what_cannot_be_confirmed(house: House) -> None:
    house.read("weekly", *LINES)
    with pytest.raises(NotFoundError, match="no line 9"):
        house.corrector.confirm("weekly", [0, 9])
    assert house.corrector.list("weekly") == []
    assert len(house.corrector.confirm("weekly", [0, 0, 1])) == 2
    assert [event.lines[0][0] for event in house.corrector.confirm("weekly", [1, 2])] == [2]
    with pytest.raises(ConflictError, match="already"):
        house.corrector.confirm("weekly", [0])
    house.set("weekly", stage=Stage.CLEAN)
    with pytest.raises(ConflictError, match="ingested"):
        house.corrector.confirm("weekly", [0])


def test_a_line_found_right_stays_so_when_the_recording_is_heard_otherwise(house: House) -> None:
    house.hear("call", (0.0, 4.0, "We ship on April 17."), (4.0, 8.0, "Fine."))
    house.corrector.confirm("call", [0])
    house.hear_anew("call", (0.2, 4.1, "We chip on April 70."), (4.1, 8.0, "Fine then."))
    assert [text for _, text in house.said("call")] == ["We ship on April 17.", "Fine then."]


def test_changes_are_seen_before_they_are_made_and_taken_back(house: House, reviewer: Reviewer) -> None:
    house.read("weekly", *LINES)
    house.read("other", *LINES, project="Other")
    assert changes(reviewer) == []
    learn(house, GlossaryEntry("Quillgate", ("quill gate",)))
    assert changes(reviewer) == [("weekly", 0, "quill gate", "Quillgate", GlossaryState.PENDING)]
    assert reviewer.outdated("Atlas") == reviewer.outdated(None) == ["weekly"]
    assert reviewer.outdated("Other") == []
    house.derive("weekly")
    assert changes(reviewer) == [("weekly", 0, "quill gate", "Quillgate", GlossaryState.MADE)]
    assert reviewer.outdated(None) == []
    learn(house, GlossaryEntry("Quillgate"))
    assert changes(reviewer) == [("weekly", 0, "quill gate", "Quillgate", GlossaryState.OUTDATED)]
    house.derive("weekly")
    assert changes(reviewer) == []
    with pytest.raises(NotFoundError):
        reviewer.changes("Nothing")
    with pytest.raises(NotFoundError):
        reviewer.outdated("Nothing")


def test_a_page_goes_through_so_many_meetings(
    house: House, reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingestion.review.service.MEETINGS_OF_PAGE", 2)
    for id in "abc":
        house.read(id, LINES[1])
    first = reviewer.changes("Atlas")
    assert (first.changes, first.next and first.next[1]) == ((), "b")
    assert reviewer.changes("Atlas", first.next).next is None


def test_pages_hold_whole_meetings(house: House, reviewer: Reviewer) -> None:
    for id in "abc":
        house.read(id, LINES[0], LINES[0])
    learn(house, GlossaryEntry("Quillgate", ("quill gate",)))
    first = reviewer.changes("Atlas", limit=3)
    assert [change.meeting_id for change in first.changes] == ["a", "a", "b", "b"]
    rest = reviewer.changes("Atlas", first.next, limit=3)
    assert ([change.meeting_id for change in rest.changes], rest.next) == (["c", "c"], None)


def test_a_line_keeps_its_own_words(house: House, reviewer: Reviewer) -> None:
    learn(house, GlossaryEntry("Quillgate", ("quill gate",)))
    house.read("weekly", *LINES)
    assert house.said("weekly")[0][1] == "We move to Quillgate."
    event = reviewer.keep("weekly", 0, made_by="Ada")
    assert house.said("weekly")[0][1] == "We move to quill gate."
    assert changes(reviewer) == []
    house.derive("weekly")
    assert house.said("weekly")[0][1] == "We move to quill gate."
    house.corrector.undo(event.correction_id)
    assert house.said("weekly")[0][1] == "We move to Quillgate."
    for line, error in ((1, ConflictError), (9, NotFoundError), (-1, NotFoundError)):
        with pytest.raises(error):
            reviewer.keep("weekly", line)


def test_a_change_that_is_not_made_yet_is_refused_too(house: House, reviewer: Reviewer) -> None:
    house.read("weekly", *LINES)
    learn(house, GlossaryEntry("Quillgate", ("quill gate",)))
    assert reviewer.keep("weekly", 0).kind == "right"
    assert reviewer.outdated(None) == []
    house.derive("weekly")
    assert house.said("weekly")[0][1] == "We move to quill gate."


def test_what_the_glossary_replaced_is_found_but_not_shown(house: House, reviewer: Reviewer) -> None:
    learn(house, GlossaryEntry("Quillgate", ("zwill kate",)))
    house.read("weekly", ("Mina", "We move to zwill kate."))
    (chunk,) = house.chunks("weekly")
    assert chunk.text == "Mina: We move to Quillgate."
    assert finds(house, "zwill") == finds(house, "Quillgate") == [chunk.id]
    house.corrector.correct_text("weekly", 0, "We move to Quillgate soon.")
    assert finds(house, "zwill") == finds(house, "soon") == [chunk.id]


def test_suggestions_come_from_corrections_that_stand(house: House, reviewer: Reviewer) -> None:
    house.read("weekly", ("Mina", "We asked Castovia about it."), ("Jon", "Then Castovia called."))
    event = house.corrector.correct_text("weekly", 0, "We asked Kestovia about it.")
    (found,) = reviewer.suggestions("Atlas")
    assert (found.canonical, found.alias, found.lines) == ("Kestovia", "Castovia", (("weekly", 0),))
    assert reviewer.suggestions(None) == [found]
    house.corrector.undo(event.correction_id)
    assert reviewer.suggestions("Atlas") == []
    with pytest.raises(NotFoundError):
        reviewer.suggestions("Nothing")
