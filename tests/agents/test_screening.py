"""Which patterns may match in a text: all that do, and few that do not."""

import json
import re
from pathlib import Path

import pytest

from agents.extract.cues_decide import CUES_DECIDE
from agents.extract.cues_en import CUES_EN
from agents.extract.cues_measure import CUES_MEASURE
from agents.extract.cues_open import CUES_OPEN
from agents.extract.cues_promise import CUES_PROMISE
from agents.extract.cues_risk import CUES_RISK
from agents.extract.cues_zh import CUES_ZH
from agents.screening import Screen, needed

CUES = (*CUES_ZH, *CUES_EN, *CUES_DECIDE, *CUES_PROMISE, *CUES_OPEN, *CUES_RISK, *CUES_MEASURE)
BANKS = Path(__file__).parent / "extract" / "banks"


def said_in_banks():
    rows = [json.loads(row) for bank in sorted(BANKS.glob("*.jsonl")) for row in bank.read_text("utf-8").splitlines()]
    return sorted({text for row in rows for _, text in row["said"]})


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        (r"\bship\b", {"shi"}),
        (r"\bI(?:['’]ll| will)\b", {"i'l", "i’l", "i wil"}),
        (r"colou?r", {"color", "colou"}),
        (r"(?:by|until) \w+day", {"day"}),
        (r"[^,]{0,5}风险(?:是|点)?", {"风险", "风险是", "风险点"}),
        (r"(?P<day>\d+)[号日]", {"号", "日"}),
        (r"我.*把", {"我"}),
        (r"(?<!not )(?=ok)done(?! yet)", {"don"}),
        (r"(?:ab){2}c*", {"ab"}),
        (r"p\.m\.", {"p.m"}),
        (r"[?？]\s*$", {"?", "？"}),
        (r"no|\w+", {"", "no"}),
        (r"(?:no)?", {"", "no"}),
        (r"[a-z]\d", {""}),
    ],
)
def test_a_pattern_needs_one_of_some_runs_of_letters(pattern, runs):
    assert needed(pattern) == runs


@pytest.mark.parametrize("pattern", ["(?i)no", r"(?P<a>x)(?P=a)", "no)", "(no", r"\x41", "[]"])
def test_what_is_not_read_in_a_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match="cannot read"):
        needed(pattern)


def test_letters_of_more_than_two_cases_are_found():
    assert re.search("this risk", "THİS RıſK", re.IGNORECASE)
    assert Screen(["this risk", "risky"]).possible("THİS RıſK") == [0]


def test_every_cue_that_stands_in_a_text_is_among_the_possible_ones():
    patterns = [re.compile(cue.pattern, re.IGNORECASE) for cue in CUES]
    screen = Screen(cue.pattern for cue in CUES)
    for text in said_in_banks():
        possible = screen.possible(text)
        assert {place for place, pattern in enumerate(patterns) if pattern.search(text)} <= set(possible), text


def test_few_cues_are_possible_that_do_not_stand_there():
    screen = Screen(cue.pattern for cue in CUES)
    counts = [len(screen.possible(text)) for text in said_in_banks()]
    assert sum(counts) < 0.1 * len(CUES) * len(counts)
