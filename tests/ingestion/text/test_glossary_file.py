"""Glossaries read from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.domain import GlossaryEntry
from ingestion.text.glossary_file import GlossaryFileError, Problem, read_glossary

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
    ("text", "problem", "detail"),
    [
        ("{", Problem.NOT_PARSED, None),
        ("{}", Problem.NO_LIST, ""),
        ("3", Problem.NO_LIST, ""),
        ("[1]", Problem.WRONG_TERM, 1),
        ('[{"aliases": []}]', Problem.WRONG_TERM, 1),
        ('[{"canonical": "x"}, {"canonical": "x", "aliases": "y"}]', Problem.WRONG_TERM, 2),
        ('[{"canonical": "x", "aliases": [3]}]', Problem.WRONG_TERM, 1),
        ('[{"canonical": "x", "kind": 3}]', Problem.WRONG_TERM, 1),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, problem: Problem, detail: object) -> None:
    file = tmp_path / "b{a}d.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryFileError) as caught:
        read_glossary(file)
    error = caught.value
    assert (error.problem, error.message.startswith(f"{file}: "), bool(error.hint)) == (problem, True, True)
    assert detail is None or error.detail == detail


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryFileError, match="No such file") as caught:
        read_glossary(tmp_path / "none.toml")
    assert caught.value.problem is Problem.UNREADABLE
