from datetime import UTC, datetime

import pytest
from sqlmodel import SQLModel

from agents.repository import ConversationRepository
from ingestion.database import Database
from ingestion.errors import NotFoundError


@pytest.fixture
def repository(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/huimai.db")
    SQLModel.metadata.create_all(database.engine)
    with database.session() as session:
        yield ConversationRepository(session)
    database.close()


def test_conversations_page_the_latest_used_first(repository):
    for number in range(3):
        repository.begin(f"c{number}", f"question {number}", {}).updated_at = datetime(2026, 3, 1 + number, tzinfo=UTC)
    first = repository.list(limit=2)
    assert [c.id for c in first] == ["c2", "c1"]
    assert [c.id for c in repository.list(after=first[-1].id)] == ["c0"]


def test_a_message_makes_its_conversation_the_latest_used(repository):
    repository.begin("old", "a", {}).updated_at = datetime(2026, 3, 1, tzinfo=UTC)
    repository.begin("new", "b", {}).updated_at = datetime(2026, 3, 2, tzinfo=UTC)
    repository.add_message("old", "m", "a", {"citations": []})
    assert [c.id for c in repository.list()] == ["old", "new"]


def test_a_long_question_is_cut_in_the_title_only(repository):
    assert len(repository.begin("c", "长" * 500, {}).title) == 80


def test_deleting_a_conversation_takes_its_messages(repository):
    repository.begin("c", "a", {})
    repository.add_message("c", "m", "a", {"citations": [{"meeting_id": "x"}, {"meeting_id": "x"}]})
    repository.delete("c")
    assert repository.delete_citing("x") == 0
    with pytest.raises(NotFoundError):
        repository.messages("c")


def test_only_messages_that_cite_the_meeting_go(repository):
    repository.begin("c", "a", {})
    repository.add_message("c", "m1", "a", {"citations": [{"meeting_id": "x"}]})
    repository.add_message("c", "m2", "b", {"citations": [{"meeting_id": "y"}]})
    assert repository.delete_citing("x") == 1
    assert [m.id for m in repository.messages("c")] == ["m2"]


def test_unknown_conversations_are_named(repository):
    with pytest.raises(NotFoundError, match="nope"):
        repository.add_message("nope", "m", "a", {})
