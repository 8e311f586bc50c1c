"""Glossaries read from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.domain import GlossaryEntry
from ingestion.errors import BadInputError
from ingestion.text.glossary_file import read_glossary

QUILLGATE = GlossaryEntry("Quillgate", ("quill gate",), "product")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.toml", '[[term]]\ncanonical = "Quillgate"\naliases = ["quill gate"]\nkind = "product"'),
        ("t.json", '{"glossary": [{"canonical": "Quillgate", "aliases": ["quill gate"], "kind": "product"}]}'),
        ("l.json", '\ufeff[{"canonical": "Quillgate", "aliases": ["quill gate"], "kind": "product"}]'),
    ],
)
def test_the_list_has_several_names(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_glossary(tmp_path / name) == [QUILLGATE]


def test_only_how_a_term_is_written_is_needed(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('[{"canonical": "Quillgate", "kind": ""}]', encoding="utf-8")
    assert read_glossary(tmp_path / "t.json") == [GlossaryEntry("Quillgate", (), "term")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Expecting property name"),
        ("{}", "no list of terms"),
        ("3", "no list of terms"),
        ("[1]", "term 1 "),
        ('[{"aliases": []}]', "term 1 "),
        ('[{"canonical": "x"}, {"canonical": "x", "aliases": "y"}]', "term 2 "),
        ('[{"canonical": "x", "aliases": [3]}]', "term 1 "),
        ('[{"canonical": "x", "kind": 3}]', "term 1 "),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "b{a}d.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_glossary(file)
    error = caught.value
    assert error.message.startswith(f"{file}: ")
    assert said in error.message
    assert error.hint


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="No such file"):
        read_glossary(tmp_path / "none.toml")
