"""Transcripts as files that our own importer reads back, whatever was said."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pydantic import TypeAdapter

from ingestion.correction_repository import CorrectionRepository
from ingestion.domain import Word
from ingestion.errors import BadInputError
from ingestion.tables import Meeting, Utterance
from ingestion.transcripts.reader import read_transcripts
from server.transcript_documents import TranscriptDocument
from server.transcripts import TranscriptFormat, clock, render, render_compact
from tests.server.conftest import EdgeServices, spoken

HOSTILE = "<script>alert(1)</script> **not bold** [1](http://x) --> & {\\an8}"
MEETING = Meeting(
    id="m1",
    project_id="p1",
    title="Weekly # <b>",
    date=datetime.date(2026, 3, 4),
    date_source="option",
    language="en",
    duration=9.5,
    source_name="weekly.m4a",
    source_sha256="x",
)


def utterance(index: int, text: str, speaker: str | None, start: float | None, end: float | None) -> Utterance:
    return Utterance(
        meeting_id="m1", index=index, speaker=speaker, start=start, end=end, text=text, raw_text=text, language="en"
    )


SAID = [
    utterance(0, "Good morning, let us begin.", "Mina", 0.0, 2.5),
    utterance(1, "我们四月十七号发布。", "沈岚", 2.5, 4.25),
    utterance(2, HOSTILE, "Mina", 3661.5, 3665.0),
    utterance(3, "Thank you all.", "沈岚", 3665.0, 3666.0),
]


@pytest.mark.parametrize(
    "format", [TranscriptFormat.JSON, TranscriptFormat.VTT, TranscriptFormat.SRT, TranscriptFormat.TXT]
)
def test_the_importer_reads_back_what_was_written(format: TranscriptFormat, tmp_path: Path) -> None:
    path = tmp_path / f"weekly.{format.value}"
    path.write_text(render(MEETING, "Atlas", SAID, format), encoding="utf-8")
    [transcript] = read_transcripts(path, path.name)
    assert [line.speaker for line in transcript.lines] == ["Mina", "沈岚", "Mina", "沈岚"]
    assert [line.text.replace("\u2060", "") for line in transcript.lines] == [u.text for u in SAID]
    assert [int(line.start or 0) for line in transcript.lines] == [0, 2, 3661, 3665]


def test_json_says_everything_that_is_known(tmp_path: Path) -> None:
    said = utterance(0, "95%", "Mina", 1.0, 2.0)
    said.raw_text, said.confidence, said.sure = "ninety five percent", 0.87654, False
    document = json.loads(render(MEETING, "Atlas", [said, SAID[1]], TranscriptFormat.JSON))
    head = {key: document[key] for key in ("id", "project", "title", "date", "language", "duration")}
    assert head == {
        "id": "m1", "project": "Atlas", "title": "Weekly # <b>", "date": "2026-03-04", "language": "en", "duration": 9.5
    }  # fmt: skip
    assert document["utterances"][0] == {
        "i": 0, "speaker": "Mina", "text": "95%", "start": 1.0, "end": 2.0,
        "raw_text": "ninety five percent", "confidence": 0.877, "sure": False,
    }  # fmt: skip
    assert set(document["utterances"][1]) == {"i", "speaker", "text", "start", "end"}


def test_text_cannot_become_markup() -> None:
    vtt = render(MEETING, "Atlas", SAID, TranscriptFormat.VTT)
    assert "<script>" not in vtt
    assert vtt.count("-->") == len(SAID)
    srt = render(MEETING, "Atlas", SAID, TranscriptFormat.SRT)
    assert "<script>" not in srt
    assert srt.count("-->") == len(SAID)
    markdown = render(MEETING, "Atlas", SAID, TranscriptFormat.MD)
    assert r"\<script\>alert(1)\</script\> \*\*not bold\*\* \[1\](http://x)" in markdown
    assert markdown.startswith("# Weekly \\# \\<b\\>\n")


def test_a_speaker_named_like_markup_stays_a_name() -> None:
    vtt = render(MEETING, "Atlas", [utterance(0, "Hi.", "A>\n\n<b>", 0.0, 1.0)], TranscriptFormat.VTT)
    assert "<v A&gt; &lt;b&gt;>Hi.\n" in vtt


def test_a_line_without_a_time_stands_where_the_one_before_ended() -> None:
    said = [utterance(0, "One.", None, 1.0, 2.0), utterance(1, "Two.", None, None, None)]
    assert "00:00:02,000 --> 00:00:02,000\nTwo." in render(MEETING, "Atlas", said, TranscriptFormat.SRT)


@pytest.mark.parametrize("format", [TranscriptFormat.VTT, TranscriptFormat.SRT])
def test_no_times_no_subtitles(format: TranscriptFormat) -> None:
    with pytest.raises(BadInputError, match="no times"):
        render(MEETING, "Atlas", [utterance(0, "Hi.", None, None, None)], format)


@pytest.mark.parametrize("format", list(TranscriptFormat))
def test_a_silent_meeting_has_an_empty_transcript(format: TranscriptFormat) -> None:
    assert "00:00" not in render(MEETING, "Atlas", [], format)


def test_clock_times_round_to_milliseconds() -> None:
    assert [clock(s) for s in (0.0, 59.9996, 3661.5)] == ["00:00:00.000", "00:01:00.000", "01:01:01.500"]


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("json", "application/json"),
        ("md", "text/markdown"),
        ("vtt", "text/vtt"),
        ("srt", "application/x-subrip"),
        ("txt", "text/plain"),
    ],
)
def test_the_route_serves_each_format(
    client: httpx.Client, services: EdgeServices, format: str, media_type: str
) -> None:
    url = f"/api/v1/meetings/{services.add_meeting('周会', spoken(0, HOSTILE))}/transcript"
    saved = {"format": format, "download": True}
    response = client.get(url, params=saved)
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert response.headers["content-disposition"].startswith("attachment; filename*=utf-8''2026-03-04%20%E5%91%A8")
    etag = response.headers["etag"]
    assert client.get(url, params=saved, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(url, params={"format": "pdf"}).status_code == 422


def test_a_zip_holds_both_files_of_every_ready_meeting(client: httpx.Client, services: EdgeServices) -> None:
    services.add_meeting("../../Weekly: 1", spoken(0, "Hello."))
    services.add_meeting("周会", spoken(0, "你好。"), project="支付/网关")
    services.add_meeting("Waiting", stage="queued")
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/v1/export").content))
    names = archive.namelist()
    assert archive.testzip() is None
    assert len(names) == 4
    assert all(len(Path(name).parts) == 2 and ".." not in Path(name).parts for name in names)
    assert {Path(name).parts[0] for name in names} == {"Atlas", "支付_网关"}
    assert "你好。" in archive.read(next(n for n in names if n.startswith("支付") and n.endswith(".md"))).decode()


def test_json_lines_can_be_ingested_again(client: httpx.Client, services: EdgeServices, tmp_path: Path) -> None:
    for number in range(3):
        services.add_meeting(f"Weekly {number}", spoken(0, f"Number {number}."), spoken(1, "Yes.", None, 3.0))
    services.add_meeting("Elsewhere", spoken(0, "No."), project="Other")
    response = client.get("/api/v1/export", params={"project": "Atlas", "format": "jsonl"})
    path = tmp_path / "atlas.jsonl"
    path.write_bytes(response.content)
    transcripts = read_transcripts(path, path.name)
    assert {t.title for t in transcripts} == {"Weekly 0", "Weekly 1", "Weekly 2"}
    assert all((t.project, t.date, len(t.lines)) == ("Atlas", datetime.date(2026, 3, 4), 2) for t in transcripts)


def test_words_come_when_asked_for_and_only_where_they_are_those_of_the_text(
    client: httpx.Client, services: EdgeServices
) -> None:
    words = (Word(" We", 0.0, 0.2, 0.98765), Word(" ship", 0.2, 0.5, 0.4), Word(" seventeen.", 0.5, 1.0, 0.9))
    heard = replace(spoken(0, "We ship 17."), raw_text="We ship seventeen.", words=words)
    meeting = services.add_meeting("Weekly", heard, replace(heard, index=1), spoken(2, "Imported."))
    with services.database.session() as session:
        corrected = CorrectionRepository(session)
        line = corrected.lines(meeting)[1]
        corrected.set_lines(meeting, [replace(line, line=replace(line.line, text="We sail 17."))])
    url = f"/api/v1/meetings/{meeting}/transcript"
    first, rewritten, imported = client.get(url, params={"words": True}).json()["utterances"]
    assert first.pop("words") == [
        {"text": "We", "start": 0.0, "end": 0.2, "probability": 0.988},
        {"text": " ship", "start": 0.2, "end": 0.5, "probability": 0.4},
        {"text": " 17.", "start": 0.5, "end": 1.0, "probability": 0.9},
    ]
    assert [first, rewritten, imported] == client.get(url).json()["utterances"]
    assert client.get(url, params={"words": True, "format": "md"}).text.startswith("# Weekly")


def test_a_part_of_a_transcript(client: httpx.Client, services: EdgeServices) -> None:
    meeting = services.add_meeting("Weekly", *(spoken(n, f"Line {n}.") for n in range(5)))
    url = f"/api/v1/meetings/{meeting}/transcript"
    for query in ({"first": 1, "last": 2}, {"first": 1, "last": 2, "words": True}):
        assert [line["i"] for line in client.get(url, params=query).json()["utterances"]] == [1, 2]
    assert client.get(url, params={"first": 9}).json()["utterances"] == []
    assert client.get(url, params={"last": -1}).status_code == 422


def test_the_document_says_what_is_written() -> None:
    said = utterance(0, "95%", "Mina", 1.0, 2.0)
    said.raw_text, said.confidence, said.sure = "ninety five percent", 0.87654, False
    said.words = [[" ninety", 1.0, 1.2, 0.9], [" five", 1.2, 1.5, 0.8], [" percent", 1.5, 2.0, 0.7]]
    document = json.loads(render_compact(MEETING, "Atlas", [said, SAID[1]], words=True))
    assert TypeAdapter(TranscriptDocument).validate_python(document) == document
    assert document["utterances"][0]["words"] == [{"text": "95%", "start": 1.0, "end": 2.0, "probability": 0.7}]
