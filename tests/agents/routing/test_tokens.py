"""Estimates against counts of the tokenizer of Qwen2.5-Coder-1.5B-Instruct (the vocabulary of Qwen2 to Qwen3), taken
once with the `/tokenize` route of the llama.cpp server on the catalogue's file."""

from __future__ import annotations

import pytest

from agents.routing.tokens import room_for_lines, tokens_of, tokens_of_minutes, tokens_of_words

COUNTED = {
    "": 0,
    "We ship the release on April 17, unless the security review finds something serious.": 18,
    "Internationalization of the authentication infrastructure is unquestionably disproportionately complicated.": 12,
    "我们四月十七号上线，除非安全评审发现严重的问题。": 14,
    "回滚脚本由沈岚负责，周五之前写完，然后大家一起 review 一遍。": 20,
    "p95 went from 410 ms to 340 ms, revenue is 1,284,500.75 USD, the error rate 0.03 %.": 43,
    "订单 20260302-000417，金额 ¥1,284,500.75，电话 13800138000。": 47,
    "3f9c1a2b7d40 9a8b7c6d5e4f a1b2c3d4e5f6 0f1e2d3c4b5a": 50,
    "Привет, мы начнём встречу в девять часов утра.": 17,
    "今日の会議は十時に始まります。よろしくお願いします。": 17,
    "Great work 🎉🎉 see you 👋🏽": 11,
    "饕餮魑魅魍魉𠮷𡈽": 8,
    '{"kind": "decision", "lines": [12, 13], "owner": null}': 22,
}
SHORT_LINES = {
    "[0] 沈岚: 好\n[1] 陈默: 嗯，可以\n[2] 沈岚: 那就这样": 37,
    "[117] Mina: Okay\n[118] Jon: Right\n[119] Mina: Mm-hmm.": 32,
}


@pytest.mark.parametrize(("text", "counted"), COUNTED.items())
def test_no_fewer_than_there_are_and_not_many_more(text: str, counted: int) -> None:
    assert counted <= tokens_of(text) <= 2.3 * counted


@pytest.mark.parametrize(("text", "counted"), SHORT_LINES.items())
def test_short_lines_full_of_names_are_a_little_more(text: str, counted: int) -> None:
    assert 0.85 * counted <= tokens_of(text) <= counted


def test_time_is_linear_and_long_texts_add_up() -> None:
    text = "我们 review 一遍 p95 410 ms.\n"
    assert tokens_of(text * 50_000) == pytest.approx(50_000 * tokens_of(text), rel=0.05)


def test_words_and_minutes() -> None:
    assert tokens_of_words(6000) == 15_000
    assert [tokens_of_minutes(m) for m in (0, -1, 10, 0.5)] == [0, 0, 4000, 200]


def test_a_reply_never_takes_more_than_half_of_the_window() -> None:
    assert room_for_lines(32_768, 4096) == 32_768 - 4096 - 1500
    assert room_for_lines(8000, 100_000) == 4000 - 1500
