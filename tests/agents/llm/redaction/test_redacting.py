"""What is taken out before a model is asked, and put back into what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agents.llm.redaction.finds import Kind, find_identifiers, folded
from agents.llm.redaction.names import Names
from agents.llm.redaction.redacting import RedactingChatModel, Redaction, Restoring
from agents.llm.scripted import ScriptedChatModel
from agents.ports import ChatCard, Completion, Message

PEOPLE = ["张小明", "李雷", "Mina Chen", "Will", "O'Brien", "欧阳雪", "Speaker 1", "客", "Jean-Luc Picard (Sales)"]
REMOTE = ChatCard("far", "far", 8192, json_schema=True, thinking=False, remote=True)

# the middle digits of these ids and numbers are made up; their checks are right
RESIDENT = "11010519491231002X"
CARD = "6222021234567890128"


def redact(text: str, names: list[str] | None = None) -> tuple[str, Redaction]:
    redaction = Redaction(Names(PEOPLE if names is None else names), [text])
    sent = redaction.redact(text)
    assert redaction.restore(sent) == text
    return sent, redaction


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("张小明说周五上线。", "PERSON_1说周五上线。"),
        ("小明、张总和老张都同意", "PERSON_1、PERSON_1b和PERSON_1c都同意"),
        ("張小明負責", "PERSON_1負責"),
        ("我们跟张小明明天见", "我们跟PERSON_1明天见"),
        ("Mina's plan; MINA agreed, mina chen too.", "PERSON_1's plan; PERSON_1b agreed, PERSON_1c too."),
        ("和Mina说过了", "和PERSON_1说过了"),
        ("determinant, Minas, amina", "determinant, Minas, amina"),
        ("Will will ship; will you, Will?", "PERSON_1 will ship; will you, PERSON_1?"),
        ("ask O'Brien and Ouyang 欧阳雪", "ask PERSON_1 and Ouyang PERSON_2"),
        ("Speaker 1: 客户来了", "Speaker 1: 客户来了"),
        ("jean-luc picard, Picard", "PERSON_1, PERSON_1b"),
        ("张小明5 张小明a", "PERSON_1a5 PERSON_1aa"),
        ("张小明李雷", "PERSON_1PERSON_2"),
        ("PERSON_1 is not 李雷, person_2b neither", "PERSON_1 is not PERSON_3, person_2b neither"),
    ],
)
def test_names_are_replaced_and_come_back(text: str, sent: str) -> None:
    assert redact(text)[0] == sent


def test_a_part_that_two_people_share_is_neither_of_them() -> None:
    assert redact("Mina Chen, Mina Wolf, Mina", ["Mina Chen", "Mina Wolf"])[0] == "PERSON_1, PERSON_2, PERSON_3"


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("call 138 0013 8000 now", Kind.PHONE, "138 0013 8000"),
        ("电话13800138000。", Kind.PHONE, "13800138000"),
        ("电话１３８００１３８０００。", Kind.PHONE, "１３８００１３８０００"),
        ("+86 13800138000", Kind.PHONE, "+86 13800138000"),
        ("幺三八零零一三八零零零", Kind.PHONE, "幺三八零零一三八零零零"),
        ("(010) 8888-6666", Kind.PHONE, "(010) 8888-6666"),
        ("0755-26001234转8", Kind.PHONE, "0755-26001234"),
        ("400-820-8820", Kind.PHONE, "400-820-8820"),
        ("ring +44 20 7946 0958.", Kind.PHONE, "+44 20 7946 0958"),
        ("(415) 555-0132", Kind.PHONE, "(415) 555-0132"),
        ("发到mina.chen+x@mail.example.com吧", Kind.EMAIL, "mina.chen+x@mail.example.com"),
        (f"身份证{RESIDENT}。", Kind.IDENTITY, RESIDENT),
        (f"卡号{CARD}", Kind.BANK, CARD),
        ("4111 1111 1111 1111", Kind.BANK, "4111 1111 1111 1111"),
        ("护照E12345678", Kind.PASSPORT, "E12345678"),
    ],
)
def test_identifiers_are_found(text: str, kind: Kind, found: str) -> None:
    assert [(find.kind, text[find.start : find.end]) for find in find_identifiers(folded(text))] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-28 10:30",
        "预算15万，98.2%，12345678 条",
        "line 1024, 3.14159265358979",
        "110105194912310021",
        "4111 1111 1111 1112",
        "0000 0000 0000 0000",
        "v1.2.3 HTTP/1.1 200",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert find_identifiers(folded(text)) == []


def test_one_number_in_two_spellings_is_one_thing() -> None:
    assert redact("13800138000 or +86 138-0013-8000")[0] == "PHONE_1 or PHONE_1b"


def test_what_the_model_makes_up_stays_visible() -> None:
    _, redaction = redact("张小明 and 李雷")
    assert redaction.restore("PERSON_1, PERSON_9, PHONE_1, person_2, PERSON_2's, PERSON_1s") == (
        "张小明, PERSON_9, PHONE_1, 李雷, 李雷's, 张小明s"
    )


WORDS = st.sampled_from([
    *PEOPLE, "小明", "张总", "Mina", "mina", "MINA CHEN", "13800138000", "+86 138-0013-8000", "a@b.cn", RESIDENT, CARD,
    "PERSON_", "PERSON_1", "person_2b", "PHONE_1", "PERSON", "_1", "1", "a", "b", " ", "\n", '"', "\\", "：", "王",
])  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=3), max_size=12).map("".join)


@given(TEXTS, st.lists(TEXTS.filter(bool), max_size=5))
@example("K_1ſ PERſON_1 İo", ["İo", "ſ1"])
@example("PERSON_9999999张小明", ["张小明"])
@settings(max_examples=400, deadline=None)
def test_any_text_comes_back_as_it_was(text: str, names: list[str]) -> None:
    redact(text)
    redact(text, names)


@given(TEXTS, st.data())
@settings(max_examples=300, deadline=None)
def test_pieces_give_what_the_whole_gives(text: str, data: st.DataObject) -> None:
    sent, redaction = redact(text)
    sent = sent + data.draw(st.sampled_from(["", "PERSON_1", "PERS", "person_12", "BANKCARD_1b"]))
    pieces: list[str] = []
    stream = Restoring(redaction, pieces.append, in_json=False)
    at = 0
    while at < len(sent):
        to = at + data.draw(st.integers(1, 5))
        stream.feed(sent[at:to])
        at = to
    stream.finish()
    assert "".join(pieces) == redaction.restore(sent)


@given(
    st.lists(
        st.sampled_from(["张小明", "李雷", "mina CHEN", "欧阳雪", "13800138000", "a.b@c.cn", RESIDENT, CARD]),
        max_size=8,
    ),
    st.sampled_from([" ", "，", "和", "\n", ": "]),
)
@settings(max_examples=200, deadline=None)
def test_nothing_of_what_was_taken_out_is_in_what_goes_out(parts: list[str], between: str) -> None:
    sent, _ = redact(between.join(parts))
    left = sent.casefold()
    for gone in ("张小明", "小明", "李雷", "mina", "chen", "欧阳", "1380013", "c.cn", RESIDENT[:8], CARD[:8]):
        assert gone not in left


async def ask(reply: str, prompt: str, **options: Any) -> tuple[Completion, str, str]:
    """The completion, what the model was sent, and what was streamed."""
    inner = ScriptedChatModel([reply], card=REMOTE, piece=3)
    streamed: list[str] = []
    model = RedactingChatModel(inner, PEOPLE)
    messages = [Message("system", "Answer."), Message("user", prompt)]
    completion = await model.complete(messages, max_tokens=9, on_text=streamed.append, **options)
    return (
        completion,
        json.dumps([(m.role, m.content) for m in inner.calls[0].messages], ensure_ascii=False),
        "".join(streamed),
    )


@pytest.mark.anyio
async def test_a_call_goes_out_without_names_and_comes_back_with_them() -> None:
    completion, sent, streamed = await ask("PERSON_1会打PHONE_1", "张小明的电话是13800138000")
    assert completion.text == streamed == "张小明会打13800138000"
    assert "PERSON_1的电话是PHONE_1" in sent
    assert "such as PERSON_1." in sent
    assert "张" not in sent


@pytest.mark.anyio
async def test_a_call_without_names_is_left_alone() -> None:
    completion, sent, streamed = await ask("PERSON_1", "周五上线吗")
    assert (completion.text, streamed) == ("PERSON_1", "PERSON_1")
    assert sent == '[["system", "Answer."], ["user", "周五上线吗"]]'


@pytest.mark.anyio
async def test_names_come_back_into_json_as_json_and_go_out_of_a_schema() -> None:
    schema = {
        "properties": {"owner": {"enum": ["Mina\nChen", "none"]}, "description": {"type": "string", "title": "Mina"}}
    }
    inner = ScriptedChatModel(['{"owner": "PERSON_1"}'], card=REMOTE)
    model = RedactingChatModel(inner, PEOPLE)
    completion = await model.complete([Message("user", "who? Mina\nChen")], max_tokens=9, schema=schema)
    assert json.loads(completion.text) == {"owner": "Mina\nChen"}
    sent = inner.calls[0].schema
    assert sent == {
        "properties": {"owner": {"enum": ["PERSON_1", "none"]}, "description": {"type": "string", "title": "Mina"}}
    }


@pytest.mark.anyio
async def test_thinking_is_restored_before_the_answer_begins() -> None:
    class Thinker(ScriptedChatModel):
        async def complete(self, messages, **options):  # type: ignore[no-untyped-def]
            options["on_reasoning"]("PERSON_1 said, PERS")
            options["on_text"]("PERSON_")
            options["on_text"]("1")
            return Completion("PERSON_1", "PERSON_1 said, PERS", 1, 1, "far", "stop")

    told: list[tuple[str, str]] = []
    completion = await RedactingChatModel(Thinker([]), PEOPLE).complete(
        [Message("user", "李雷")],
        max_tokens=9,
        on_text=lambda piece: told.append(("text", piece)),
        on_reasoning=lambda piece: told.append(("thinking", piece)),
    )
    assert told == [("thinking", "李雷 said, "), ("thinking", "PERS"), ("text", "李雷")]
    assert (completion.text, completion.reasoning) == ("李雷", "李雷 said, PERS")


@pytest.mark.anyio
async def test_identifiers_alone_leave_names() -> None:
    inner = ScriptedChatModel(["ok"], card=REMOTE)
    await RedactingChatModel(inner, ()).complete([Message("user", "李雷 13800138000")], max_tokens=9)
    assert inner.calls[0].messages[-1].content == "李雷 PHONE_1"
