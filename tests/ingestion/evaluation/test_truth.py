"""Truth files that cannot be read are told in one line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord, read_record, read_records


class Named(TruthRecord):
    name: str


GOOD = b'{"name": "a", "other": 1}\n\n{"name": "\xe4\xba\x8c"}\n'
WHOLE = gzip.compress(GOOD, mtime=0)


@pytest.mark.parametrize("data", [GOOD, WHOLE, WHOLE + gzip.compress(b"", mtime=0), b"\xef\xbb\xbf" + GOOD])
def test_records_are_read_packed_or_not_each_with_its_place(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "t.jsonl"
    file.write_bytes(data)
    found = [(record.name, where) for record, where in read_records(file, Named, "shape")]
    assert found == [("a", "t.jsonl line 1"), ("二", "t.jsonl line 3")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (WHOLE[:-12], "cut short or damaged"),
        (b"\x1f\x8b\x00\x00", "cut short or damaged"),
        (WHOLE[:12] + b"\xff" * 9 + WHOLE[12:], "cut short or damaged"),
        ("名".encode("gb18030"), "is not UTF-8"),
        (b'{"name": 1}', "line 1: name: "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "t.jsonl"
    file.write_bytes(data)
    with pytest.raises(BadInputError, match=said) as raised:
        list(read_records(file, Named, "shape"))
    assert raised.value.message.startswith("t.jsonl")
    assert "\n" not in raised.value.message
    assert raised.value.hint


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"t\.json cannot be read"):
        read_record(tmp_path / "t.json", Named, "shape")
