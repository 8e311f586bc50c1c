"""The whole way with the real small models: a recording in, a cited answer out, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES, clip, huimai, served

pytestmark = [pytest.mark.models, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The models stay loaded in a server while its tests run."""
    folder = tmp_path_factory.mktemp("real")
    zh = clip(SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a", folder / "2026-03-02.wav", 9.0, 60.0)
    en = clip(SAMPLES / "B_en_atlas_mobile" / "2026-03-04.m4a", folder / "2026-03-04.wav", 30.0, 65.0)
    home = folder / "home"
    with served(home):
        for recording, project in ((zh, "支付"), (en, "Atlas")):
            ran = huimai(home, "ingest", recording, "--project", project, "--json")
            assert ran.code == 0, ran.err
        yield home


@pytest.mark.parametrize(
    ("project", "question", "wanted", "second"),
    [
        ("支付", "压测的预算批了多少？", "15万", 43.0),
        ("Atlas", "When is the feature freeze?", "20", 19.0),
    ],
)
def test_a_question_is_answered_with_the_second_it_was_said(
    home: Path, project: str, question: str, wanted: str, second: float
) -> None:
    answer = huimai(home, "ask", question, "--project", project, "--json").document
    assert wanted in answer["answer"], answer["answer"]
    assert not answer["abstained"]
    assert answer["model"] == "qwen2.5-coder-1.5b-instruct"
    assert any(c["start"] - 3 <= second <= c["end"] + 3 for c in answer["citations"]), answer["citations"]
    assert answer["coverage"] == {"in_scope": 1, "searched": 1, "read": 1, "failed": []}
    meeting = answer["citations"][0]["meeting_id"]
    said = "\n".join(
        u["text"] for u in huimai(home, "meetings", "show", meeting, "--format", "json").document["utterances"]
    )
    assert all(line in said for citation in answer["citations"] for line in citation["quote"].split("\n"))


def test_the_language_of_each_recording_was_heard(home: Path) -> None:
    listed = huimai(home, "meetings", "--json").document
    meetings = listed["meetings"] if isinstance(listed, dict) else listed
    assert {m["project"]: m["language"] for m in meetings} == {"支付": "zh", "Atlas": "en"}


def test_without_a_chat_model_the_words_themselves_are_the_answer(home: Path) -> None:
    answer = huimai(home, "ask", "压测的预算批了多少？", "--project", "支付", "--tier", "none", "--json").document
    assert answer["model"] is None
    assert answer["tier"] == "none"
    assert any("15万" in c["quote"] for c in answer["citations"])
