"""The report of an evaluation and its plots."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from ingestion.evaluation.intervals import Grouped
from ingestion.evaluation.intervals import figures as block_of
from retrieval.evaluation.records import Gold, Question
from retrieval.evaluation.scoring import Scored, summary
from server.evaluation.plots import write_bars
from server.evaluation.report import flattened, write_report
from server.evaluation.texts import MEANINGS, TEXTS

HOSTILE = "a | b <img src=x onerror=alert(1)> [x](javascript:1) \x07\n# c & </script>"


def scored(meeting: int, kind: str, hit: bool) -> Scored:
    question = Question(str(meeting), "?", "P", (Gold(f"m{meeting}", 1, 1),), kind=kind, language="en")
    return Scored(question, (False, hit), (0, int(hit)), 1, 1, hit, float(hit), 3.0)


def document(kind: str = "single") -> dict[str, Any]:
    each = [scored(meeting, kind if meeting % 2 else "who", meeting % 3 == 0) for meeting in range(12)]
    setup = {"meetings_file": "m.jsonl", "recipe": "hybrid", "embedding_model": "e5"}
    return {**summary(each, 40, 1.5), "meetings": 12, "left_out": 3, "setup": setup}


def images(text: str) -> list[str]:
    return [unquote(link) for link in re.findall(r"^!\[[^\]]*\]\(([^)\s]+)\)$", text, re.MULTILINE)]


def test_the_report_says_what_was_measured_with_its_intervals(tmp_path: Path) -> None:
    written = write_report(tmp_path / "my report.md", "retrieval", document())
    text = written[0].read_text(encoding="utf-8")
    assert "12 questions on 12 meetings" in text
    assert "3 questions without truth" in text
    assert "whole meetings were drawn anew" in text
    assert re.search(r"^\| hit@5 \| 0\.333 \| 0\.\d{3}–0\.\d{3} \| questions with a hit", text, re.MULTILINE)
    assert re.search(r"^\| recipe \| hybrid \|$", text, re.MULTILINE)
    assert re.search(r"^\| single \| 6 \| ", text, re.MULTILINE)
    assert [path.name for path in written[1:]] == images(text)


def test_plots_are_svg_that_loads_and_runs_nothing(tmp_path: Path) -> None:
    _, *plots = write_report(tmp_path / "r.md", "retrieval", document(HOSTILE))
    assert {plot.name for plot in plots} == {"r.hit_curve.svg", "r.per_kind.svg", "r.per_language.svg"}
    for plot in plots:
        text = plot.read_text(encoding="utf-8")
        tags = {element.tag.partition("}")[2] for element in ElementTree.fromstring(text).iter()}
        assert "svg" in tags
        assert not tags & {"script", "image", "img", "foreignObject"}
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_bars_carry_their_intervals(tmp_path: Path) -> None:
    write_bars(tmp_path / "b.svg", "t", ["a", "b"], {"hit@5": [(0.5, 0.3, 0.7), None]})
    assert (tmp_path / "b.svg").read_text(encoding="utf-8").count('class="ci"') == 1


def test_words_of_the_data_are_no_markup(tmp_path: Path) -> None:
    text = write_report(tmp_path / "r.md", "retrieval", document(HOSTILE))[0].read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if "onerror" in line]
    columns = next(line for line in text.splitlines() if line.startswith("|  | n |")).count("|")
    assert len(re.findall(r"(?<!\\)\|", row)) == columns
    assert not re.search(r"(?<!\\)[<\[&`*]", row)
    assert "\x07" not in text


def test_few_meetings_are_owned_up_to(tmp_path: Path) -> None:
    few = {**document(), **block_of({"hit@1": [Grouped("m1", 1), Grouped("m1", 0)]})}
    text = write_report(tmp_path / "r.md", "retrieval", few)[0].read_text(encoding="utf-8")
    assert "too few meetings" in text.replace("\n", " ")


def test_figures_of_blocks_stand_beside_the_others() -> None:
    block = {"f1": 0.5, "f1_ci": [0.4, 0.6]}
    split = {"per_language": {"en": {"n": 1, "decisions": block}}}
    nested = {"n": 1, "decisions": block, "cue_baseline": {"all": block}, "setup": {"series": ["s"]}, **split}
    assert flattened(nested) == {
        "n": 1,
        "decisions.f1": 0.5,
        "decisions.f1_ci": [0.4, 0.6],
        "cue_baseline.all.f1": 0.5,
        "cue_baseline.all.f1_ci": [0.4, 0.6],
        "setup": {"series": ["s"]},
        **split,
    }


def test_a_chinese_reader_gets_chinese(tmp_path: Path) -> None:
    text = write_report(tmp_path / "r.md", "retrieval", document(), "zh")[0].read_text(encoding="utf-8")
    assert "# 检索评测" in text
    assert "12 场会议，12 个问题" in text
    assert "前 5 个结果中有命中的问题比例" in text
    assert not re.search(r"questions|meetings drawn", text)


@pytest.mark.parametrize("key", [*TEXTS, *MEANINGS])
def test_both_languages_fill_in_the_same(key: str) -> None:
    english, chinese = {**TEXTS, **MEANINGS}[key]
    assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese))
    assert re.search("[一-鿿]", chinese)
