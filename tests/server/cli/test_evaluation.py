"""`huimai eval` as a user calls it, with a hashing embedder, no chat model, and scripts for words and voices."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.speakers.domain import SpeakerTurn
from server.services import Services
from tests.agents.llm.fake_server import FakeChatServer, serving
from tests.doubles import HashEmbedder, ScriptedDiarizer, ScriptedTranscriber
from tests.e2e.commands import SAMPLES, clip

MEETINGS = [
    {"id": f"m{n}", "project": "P", "date": "2026-01-05", "utterances": [{"text": f"we talk of the {topic}"}]}
    for n, topic in enumerate(["walrus", "telescope"])
]
QUERIES = [
    {"id": f"q{n}", "query": f"{topic}?", "project": "P", "meeting": f"m{n}", "spans": [[0, 0]], "kind": "topic"}
    for n, topic in enumerate(["walrus", "telescope"])
]


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Services, "new_embedder", lambda _self: HashEmbedder())
    loggers = [logging.root, logging.getLogger("dbos")]
    before = [logger.handlers[:] for logger in loggers]
    yield
    for logger, handlers in zip(loggers, before, strict=True):
        logger.handlers[:] = handlers  # those of the command write to a stderr that ends with the test


@pytest.fixture
def truth(tmp_path: Path) -> list[str]:
    arguments: list[str] = []
    for name, records in (("meetings", MEETINGS), ("queries", QUERIES)):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        arguments += [f"--{name}", str(file)]
    return arguments


def test_figures_details_and_a_report(cli, truth: list[str], tmp_path: Path) -> None:
    details, report = tmp_path / "details.jsonl", tmp_path / "report.md"
    result = cli("eval", "retrieval", *truth, "--json", "--details", details, "--report", report)
    assert result.code == 0, result.err
    assert (result.document["n"], result.document["hit@1"]) == (2, 1.0)
    assert result.document["hit@1_ci"] == [1.0, 1.0]
    assert [json.loads(line)["rank"] for line in details.read_text(encoding="utf-8").splitlines()] == [1, 1]
    assert "# Retrieval, measured" in report.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.glob("*.svg")} == {"report.hit_curve.svg", "report.per_kind.svg"}
    assert all(f"wrote {path}" in result.err for path in (details, report))


def test_the_table_has_the_figures(cli, truth: list[str]) -> None:
    result = cli("eval", "retrieval", *truth)
    assert result.code == 0, result.err
    assert "span_recall@budget" in result.out


def test_a_file_that_could_not_be_written_is_told_first(cli, truth: list[str], tmp_path: Path) -> None:
    result = cli("eval", "retrieval", *truth, "--report", tmp_path / "nowhere" / "r.md")
    assert result.code == 1
    assert result.err.splitlines()[0].startswith(f"error: {tmp_path / 'nowhere' / 'r.md'}: its folder is not there")


def test_an_unknown_recipe_is_told(cli, truth: list[str]) -> None:
    result = cli("eval", "retrieval", *truth, "--recipe", "nope")
    assert result.code == 1
    assert result.err.startswith("error: there is no search recipe 'nope'")


def test_a_folder_that_is_no_series_is_told(cli, tmp_path: Path) -> None:
    result = cli("eval", "answers", "--series", tmp_path)
    assert result.code == 1
    assert result.err.splitlines()[0] == f"error: {tmp_path.name} is no series: it has no truth.json"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "weekly"
    folder.mkdir()
    said = "The budget for the load test is 150,000 dollars."
    (folder / "2026-05-04.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:08.000\n<v Ann>{said}</v>\n", encoding="utf-8")
    lines = {"utterances": [{"start": 0, "end": 8, "text": said}]}
    (folder / "2026-05-04.truth.json").write_text(json.dumps(lines), encoding="utf-8")
    question = {
        "id": "q",
        "question": "What is the budget of the load test?",
        "kind": "single",
        "language": "en",
        "must_contain": ["may cost 150,000"],
        "evidence": [{"date": "2026-05-04", "utterances": [0]}],
    }
    truth = {"project": "P", "language": "en", "qa": [question]}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--chat", "nonsense"], "error: --chat: "),
        (["--chat", "http://127.0.0.1:9/v1"], "error: --chat needs the name"),
    ],
)
def test_a_wrong_chat_server_is_told(cli, series: Path, arguments: list[str], said: str) -> None:
    result = cli("eval", "answers", "--series", series, *arguments)
    assert result.code == 1
    assert result.err.splitlines()[0].startswith(said)


def test_another_chat_server_answers_with_the_key_that_is_set(
    cli, series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_API_KEY", "sk-test")
    with serving(FakeChatServer()) as fake:
        fake.answers = [json.dumps({"claims": [{"lines": [1], "text": "The load test may cost 150,000 dollars."}]})]
        result = cli("eval", "answers", "--series", series, "--chat", fake.url, "--chat-model", "fake", "--json")
        assert fake.keys == ["Bearer sk-test"]
    assert result.code == 0, result.err
    assert result.document["setup"]["chat_models"] == ["fake"]
    assert result.document["latency"]["answers_with_model"] == 1
    assert result.document["must_contain"] == result.document["citation_precision"] == 1.0
    assert result.document["latency"]["prompt_tokens_max"] == 11


@pytest.fixture
def clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two recordings, both heard as one sentence of one voice; only of the first is it told who spoke when."""
    monkeypatch.setattr(Services, "new_transcriber", lambda _self: ScriptedTranscriber(["切到新网关。"]))
    monkeypatch.setattr(Services, "new_diarizer", lambda _self: ScriptedDiarizer([SpeakerTurn(1, 1, 5)]))
    folder = tmp_path / "clips"
    folder.mkdir()
    words = {"text": "切到新网关。", "words": [{"speaker": "沈岚", "text": "切到新网关。"}]}
    turns = {"segments": [{"speaker": "沈岚", "start": 1, "end": 5}]}
    for name, truth in (("told", words | turns), ("untold", words)):
        clip(SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a", folder / f"{name}.wav", 0, 6)
        (folder / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def test_speakers_are_scored_with_details_and_a_report(cli, clips: Path, tmp_path: Path) -> None:
    details, report = tmp_path / "details.jsonl", tmp_path / "report.md"
    result = cli("eval", "diarization", "--audio", clips, "--json", "--details", details, "--report", report)
    assert result.code == 0, result.err
    figures = result.document
    assert (figures["n"], figures["speaker_count_error"], figures["word_attribution"]) == (1, 0, 1)
    assert figures["der"] < 0.05
    named = ("der", "jer", "speaker_count_error", "cpwer", "word_attribution", "named_right", "named_false")
    assert all(figures[f"{name}_ci"] is None or len(figures[f"{name}_ci"]) == 2 for name in named)
    assert "1 recordings whose truth does not tell who spoke when were left out" in result.err
    assert [json.loads(line)["name"] for line in details.read_text("utf-8").splitlines()] == ["clips/told.wav"]
    assert "# Speakers, measured" in report.read_text("utf-8")


def test_truth_that_does_not_tell_who_spoke_is_told(cli, clips: Path) -> None:
    (clips / "told.json").unlink()
    (clips / "told.wav").unlink()
    result = cli("eval", "diarization", "--audio", clips)
    assert result.code == 1
    assert result.err.splitlines()[0] == "error: no truth in clips tells who spoke when"


@pytest.mark.parametrize("command", ["diarization", "transcripts"])
@pytest.mark.parametrize("both", [False, True])
def test_either_series_or_clips_are_scored(cli, command: str, both: bool, tmp_path: Path) -> None:
    assert cli("eval", command, *(["--series", tmp_path, "--audio", tmp_path] if both else [])).code == 2
