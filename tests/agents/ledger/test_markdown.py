from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.markdown import clock, document, entry, escaped, quoted, section
from retrieval.domain import Coverage, Evidence, Line

DAY = date(2026, 3, 2)


def evidence(*lines: tuple[str | None, float | None, str]) -> Evidence:
    said = tuple(Line(i, who, start, None, text) for i, (who, start, text) in enumerate(lines))
    return Evidence("m1", "Weekly", "Atlas", DAY, said, 0.0)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# Plan", r"\# Plan"),
        ("- one", r"\- one"),
        ("+ one", r"\+ one"),
        ("12. one", r"12\. one"),
        ("1) one", r"1\) one"),
        ("98.6% are up", "98.6% are up"),
        ("===", r"\==="),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)"),
        ("*a* _b_ `c` ~~d~~", r"\*a\* \_b\_ \`c\` \~\~d\~\~"),
        ("&lt;b&gt; a|b", r"\&lt;b\&gt; a\|b"),
        ("https://a.example www.a.example", r"https:\//a.example www\.a.example"),
        ("one\n\n# two\u2028- three", r"one \# two - three"),
        ("预算二十万。", "预算二十万。"),
    ],
)
def test_what_was_said_is_text(said: str, written: str) -> None:
    assert escaped(said) == written


def test_a_quote_names_each_speaker_with_their_time() -> None:
    piece = evidence(("Ann", 3601.0, "One."), ("Ann", 3605.0, "Two."), ("B*o", None, "Three."), (None, None, "Four."))
    assert quoted([piece], "en") == [
        "[2026-03-02 1:00:01 Ann] “One. Two.”",
        r"[2026-03-02 B\*o] “Three.”",
        "[2026-03-02] “Four.”",
    ]
    assert quoted([evidence(("逯鸣", 66.0, "好。"))], "zh") == ["[2026-03-02 01:06 逯鸣] 「好。」"]


def test_an_entry_holds_its_quotes() -> None:
    piece = evidence(("Ann", 0.0, "One."))
    assert entry("It is one", [piece], "en") == "- It is one\n  - [2026-03-02 00:00 Ann] “One.”"
    assert entry("x", [piece], "en", depth=1) == "  - x\n    - [2026-03-02 00:00 Ann] “One.”"


def test_a_document_leaves_out_what_is_empty_and_ends_with_what_was_read() -> None:
    parts = [*section("Risks", [], "en"), *section("Decisions", ["- a", "- b"], "en")]
    text = document("Atlas", parts, Coverage(3, 2, 2, ("m3",)), "en")
    assert text == ("# Atlas\n\n## Decisions (2)\n\n- a\n- b\n\n(3 meetings in scope, 2 searched, 2 read, 1 failed)\n")
    assert section("决定", ["- a"], "zh")[0] == "## 决定（1）"


def test_clock() -> None:
    assert [clock(seconds) for seconds in (0, 65.9, 3600)] == ["00:00", "01:05", "1:00:00"]
