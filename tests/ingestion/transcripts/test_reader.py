"""The front door: real files, encodings, and files that cannot be used."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from ingestion.errors import BadInputError, TooLargeError
from ingestion.transcripts import reader
from ingestion.transcripts.reader import is_transcript, read_transcripts

SAMPLES = Path(__file__).parents[3] / "samples"
CHINESE = "1\n00:00:01,000 --> 00:00:02,000\n沈岚: 好，我们开始吧，这个是我们的第一次会。\n"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("truth", sorted(SAMPLES.glob("*/*-*-*.truth.json")), ids=lambda path: path.name[:10])
def test_all_formats_of_a_sample_agree(truth: Path) -> None:
    expected = json.loads(truth.read_text(encoding="utf-8"))["utterances"]
    for suffix in (".truth.json", ".vtt", ".srt", ".txt"):
        path = truth.with_name(truth.name.replace(".truth.json", suffix))
        assert is_transcript(path)
        [found] = read_transcripts(path)
        assert [(line.speaker, line.text) for line in found.lines] == [(u["speaker"], u["text"]) for u in expected]
        tolerance = 1.0 if suffix == ".txt" else 0.001
        assert all(
            line.start is not None and 0 <= u["start"] - line.start < tolerance
            for line, u in zip(found.lines, expected, strict=True)
        )
        assert found.warnings == ()
        if suffix in (".truth.json", ".txt"):
            assert found.date == date.fromisoformat(truth.name[:10])


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("gb18030", "GB18030"),
    ],
)
def test_encodings_and_windows_line_ends(tmp_path: Path, encoding: str, note: str | None) -> None:
    path = write(tmp_path, "a.srt", CHINESE.replace("\n", "\r\n").encode(encoding))
    assert is_transcript(path)
    [found] = read_transcripts(path)
    assert found.lines[0].speaker == "沈岚"
    assert found.lines[0].text == "好，我们开始吧，这个是我们的第一次会。"
    assert (note is None and found.warnings == ()) or (note and note in found.warnings[0])


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    text = "王小明 00:00:01\n好，我們開始吧，這個是我們的第一次會，你說說看。\n"
    [found] = read_transcripts(write(tmp_path, "a.txt", text.encode("big5")))
    assert found.lines[0].text == "好，我們開始吧，這個是我們的第一次會，你說說看。"
    assert "BIG5" in found.warnings[0]


def test_western_letters_do_not_become_chinese(tmp_path: Path) -> None:
    text = "André: C'est déjà réglé, on a décidé ça hier à l'équipe.\nZoë: Très bien, merci à tous.\n"
    [found] = read_transcripts(write(tmp_path, "a.txt", text.encode("cp1252")))
    assert found.lines[0].speaker == "André"
    assert "déjà réglé" in found.lines[0].text


def test_a_cut_multibyte_character_is_replaced_and_said(tmp_path: Path) -> None:
    [found] = read_transcripts(write(tmp_path, "a.srt", (CHINESE * 20).encode()[:-3]))
    assert len(found.lines) == 20
    assert "unreadable" in found.warnings[0]


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    vtt = write(tmp_path, "a.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>hi</v>\n")
    assert read_transcripts(vtt)[0].lines[0].speaker == "Bo"
    headless = write(tmp_path, "b.vtt", "00:01.000 --> 00:02.000\n<v Bo>hi</v>\n")
    assert read_transcripts(headless)[0].lines[0].speaker == "Bo"
    temporary = write(tmp_path, "upload", CHINESE)
    assert is_transcript(temporary)
    assert is_transcript(temporary, "notes.txt")


def test_recordings_and_unknown_files_are_not_transcripts(tmp_path: Path) -> None:
    assert not is_transcript(next(SAMPLES.glob("*/*.m4a")))
    assert not is_transcript(write(tmp_path, "a.mp3", "just some words"))
    assert not is_transcript(write(tmp_path, "b.vtt", b"\x1aE\xdf\xa3" + bytes(range(256)) * 8))


def test_gzipped_meetings(tmp_path: Path) -> None:
    record = {"id": "m", "project": "P", "date": "2026-01-05", "utterances": [{"text": "a"}, {"text": ""}]}
    data = gzip.compress((json.dumps(record) + "\n").encode()) + gzip.compress((json.dumps(record) + "\n").encode())
    path = write(tmp_path, "meetings.jsonl.gz", data)
    assert is_transcript(path)
    found = read_transcripts(path)
    assert [len(transcript.lines) for transcript in found] == [2, 2]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.vtt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.vtt", b"WEBVTT\n\n", "nothing is said"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "nothing is said"),
        ("a.vtt", bytes(range(256)) * 9, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "binary"),
        ("a.txt", b"Only prose stands here.\nNothing else.\n", "no cue"),
        ("a.json", b'{"decisions": []}', "not a transcript"),
        ("a.json", b'{"utterances": [{"text": "x"}', "cut short"),
        ("a.json", b'{"utterances": []}', "nothing is said"),
        ("a.json", b"[" * 100_000, "no cue"),
        ("a.json", b'{"a":' * 100_000, "nested too deep"),
        ("a.jsonl", b'{"utterances": [{"text": "x"}]}\n{"utter\n', "line 2"),
        ("a.jsonl.gz", gzip.compress(b'{"utterances": [{"text": "x"}]}', mtime=0)[:-12], "gzip"),
    ],
)
def test_unusable_files_get_one_clear_line(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_transcripts(write(tmp_path, "upload.tmp", data), name)
    assert caught.value.message.startswith(f"{name}: ")
    assert why in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint


def test_the_size_limit_also_holds_after_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1000)
    with pytest.raises(TooLargeError, match=r"^a\.txt: "):
        read_transcripts(write(tmp_path, "a.txt", b"A: " + b"x" * 1000))
    with pytest.raises(TooLargeError):
        read_transcripts(write(tmp_path, "a.jsonl.gz", gzip.compress(b"x" * 2000, mtime=0)))


@pytest.mark.parametrize("head", ["WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>", "Bo 00:00:01\n", "Bo: "])
def test_huge_lines_are_read_whole(tmp_path: Path, head: str) -> None:
    said = "word <v 1:2 [ " * 200_000
    path = write(tmp_path, "a.txt", f"{head}{said}\nBo: end\n")
    [found] = read_transcripts(path)
    assert sum(len(line.text) for line in found.lines) > 2_000_000


def test_a_turn_of_very_many_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Bo 00:00:01\n" + "words (and [more 1:2\n" * 100_000)
    [found] = read_transcripts(path)
    assert len(found.lines) == 1
    assert len(found.lines[0].text) == 100_000 * 21 - 1
