from __future__ import annotations

import pytest

from agents.llm.thinking import ThinkingSplitter, without_thinking


def split(text: str, size: int) -> tuple[str, str]:
    splitter = ThinkingSplitter()
    parts = [splitter.feed(text[at : at + size]) for at in range(0, len(text), size)]
    parts.append(splitter.finish())
    return "".join(p.reasoning for p in parts), "".join(p.answer for p in parts)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("text", "reasoning", "answer"),
    [
        ("<think>想一想 a < b</think>\n\n答案", "想一想 a < b", "答案"),
        ("\n<think></think>ok", "", "ok"),
        ("plain <think>x</think> text", "", "plain <think>x</think> text"),
        ("  indented", "", "  indented"),
        ("<thing>", "", "<thing>"),
        ("<thi", "", "<thi"),
        ("<think>never closed </thi", "never closed </thi", ""),
        ("", "", ""),
    ],
)
def test_thinking_is_told_apart_however_it_is_cut(size, text, reasoning, answer):
    assert split(text, size) == (reasoning, answer)


@pytest.mark.parametrize(("text", "answer"), [("a</think> b", "b"), ("<think>a</think>b", "b"), ("b", "b")])
def test_without_thinking(text, answer):
    assert without_thinking(text) == answer
