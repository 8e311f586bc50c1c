from __future__ import annotations

import pytest

from agents.llm.servers.thinking import ThinkingSplitter, without_thinking


def split(text: str, size: int, opened: bool = False) -> tuple[str, str]:
    splitter = ThinkingSplitter(opened=opened)
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


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    ("text", "reasoning", "answer"),
    [
        ("想一想</think>\n答案", "想一想", "答案"),
        ("<think>想</think>答案 </think> x", "想", "答案 </think> x"),
        ("no thinking at all", "", "no thinking at all"),
        ("</think>at once", "", "at once"),
    ],
)
def test_thinking_that_the_prompt_opened_is_told_apart(size, text, reasoning, answer):
    assert split(text, size, opened=True) == (reasoning, answer)


def test_text_after_thinking_in_its_own_place_is_the_answer():
    splitter = ThinkingSplitter(opened=True)
    splitter.apart()
    assert splitter.feed("\n\n答") == ("", "答")
    assert splitter.feed("案</think>") == ("", "案</think>")


@pytest.mark.parametrize(("text", "answer"), [("a</think> b", "b"), ("<think>a</think>b", "b"), ("b", "b")])
def test_without_thinking(text, answer):
    assert without_thinking(text) == answer
