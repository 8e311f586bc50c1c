"""Names, telephone numbers and the like replaced before a chat model outside the user's control is asked, and put back
into its answer.

A placeholder is a word that models keep: PERSON_1, PHONE_2. One thing has one number within a call; a second spelling
of it has a letter as well (PERSON_1b), so that each comes back as it was written. What a placeholder already looked
like in the text, and what the model makes up, stays as it is.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from agents.llm.redaction.finds import Kind, apart, find_identifiers, folded
from agents.llm.redaction.names import Names, names_of
from agents.ports import ChatCard, ChatModel, Completion, JsonSchema, Message, TextSink

_KINDS = "|".join(Kind)
_PLACEHOLDER = re.compile(rf"((?i:{_KINDS}))_([0-9]{{1,7}})([a-z]?)")
_NEEDS_LETTER = re.compile(r"[0-9a-z]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NOTE = (
    "Names and numbers were replaced by placeholders such as {example}. The same placeholder is the same person or "
    "thing, whatever letter follows its number. Write placeholders exactly as they are, and make up none."
)
_SAID_IN_SCHEMA = ("enum", "const", "default", "description", "examples")
"""Keywords of a schema whose values are words; all others have to stay what they are."""


class Redaction:
    """What stands for what in one call. Texts of one call share it."""

    def __init__(self, names: Names, texts: Iterable[str]) -> None:
        """`texts` are all that will be sent: no placeholder is used that one of them holds already."""
        self._names = names
        held = (match for text in texts for match in _PLACEHOLDER.finditer(text))
        self._held = {(match[1].upper(), int(match[2])) for match in held}
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._spellings: dict[tuple[str, int], list[str]] = {}
        self._counts: dict[Kind, int] = {}

    @property
    def example(self) -> str:
        """A placeholder that was used; empty when nothing was replaced."""
        return next((f"{kind}_{number}" for kind, number in self._spellings), "")

    def redact(self, text: str) -> str:
        """The text with placeholders."""
        plain = folded(text)
        finds = apart([*find_identifiers(plain), *self._names.find(plain)])
        starts = {find.start for find in finds}
        pieces: list[str] = []
        at = 0
        for find in finds:
            spelling = text[find.start : find.end]
            follows = "" if find.end in starts else text[find.end : find.end + 1]
            pieces += [text[at : find.start], self._placeholder(find.kind, find.key, spelling, follows)]
            at = find.end
        return "".join([*pieces, text[at:]])

    def restore(self, text: str, *, in_json: bool = False) -> str:
        """The text with what the placeholders stand for; `in_json` writes it as it must stand in a JSON string."""

        def original(match: re.Match[str]) -> str:
            spellings = self._spellings.get((match[1].upper(), int(match[2])))
            if spellings is None:
                return match[0]
            letter = match[3]
            known = bool(letter) and _LETTERS.index(letter) < len(spellings)
            found = spellings[_LETTERS.index(letter)] if known else spellings[0]
            return (_escaped(found) if in_json else found) + ("" if known else letter)

        return _PLACEHOLDER.sub(original, text)

    def _placeholder(self, kind: Kind, key: str, spelling: str, follows: str) -> str:
        number = self._numbers.get((kind, key)) or self._new(kind, key)
        spellings = self._spellings[kind, number]
        if spelling not in spellings:
            if len(spellings) == len(_LETTERS):
                return self._placeholder(kind, f"{key}\n{spelling}", spelling, follows)
            spellings.append(spelling)
        n = spellings.index(spelling)
        letter = _LETTERS[n] if n or _NEEDS_LETTER.match(follows) else ""
        return f"{kind}_{number}{letter}"

    def _new(self, kind: Kind, key: str) -> int:
        number = self._counts.get(kind, 0) + 1
        while (kind, number) in self._held:
            number += 1
        self._counts[kind] = self._numbers[kind, key] = number
        self._spellings[kind, number] = []
        return number


class Restoring:
    """Restores a text that arrives in pieces, however they cut its placeholders."""

    def __init__(self, redaction: Redaction, sink: TextSink, *, in_json: bool) -> None:
        self._redaction, self._sink, self._in_json = redaction, sink, in_json
        self._held = ""

    def feed(self, piece: str) -> None:
        """Take the next piece, and pass on what is certain by now."""
        text = self._held + piece
        cut = _certain(text)
        self._held = text[cut:]
        self._pass_on(text[:cut])

    def finish(self) -> None:
        """Pass on what was held back because a placeholder might have gone on."""
        text, self._held = self._held, ""
        self._pass_on(text)

    def _pass_on(self, text: str) -> None:
        if text:
            self._sink(self._redaction.restore(text, in_json=self._in_json))


class RedactingChatModel:
    """A chat model that is told no names of those given, and no identifiers. What it answers has them again."""

    def __init__(self, inner: ChatModel, names: Sequence[str]) -> None:
        self._inner, self._names = inner, tuple(names)

    @property
    def card(self) -> ChatCard:
        """That of the model within."""
        return self._inner.card

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        schema: JsonSchema | None = None,
        on_text: TextSink | None = None,
        on_reasoning: TextSink | None = None,
    ) -> Completion:
        """See ChatModel."""
        # long prompts with many names take their time
        redaction, sent, bound = await asyncio.to_thread(self._redacted, messages, schema)
        in_json = schema is not None
        text = Restoring(redaction, on_text or _nowhere, in_json=in_json)
        thinking = Restoring(redaction, on_reasoning or _nowhere, in_json=False)

        def take_text(piece: str) -> None:
            thinking.finish()
            text.feed(piece)

        completion = await self._inner.complete(
            sent,
            max_tokens=max_tokens,
            temperature=temperature,
            schema=bound,
            on_text=take_text if on_text else None,
            on_reasoning=thinking.feed if on_reasoning else None,
        )
        thinking.finish()
        text.finish()
        return dataclasses.replace(
            completion,
            text=redaction.restore(completion.text, in_json=in_json),
            reasoning=redaction.restore(completion.reasoning),
        )

    async def close(self) -> None:
        """Close the model within."""
        await self._inner.close()

    def _redacted(
        self, messages: Sequence[Message], schema: JsonSchema | None
    ) -> tuple[Redaction, list[Message], JsonSchema | None]:
        texts = [*(message.content for message in messages), *_words(schema)]
        redaction = Redaction(names_of(self._names), texts)
        sent = [dataclasses.replace(message, content=redaction.redact(message.content)) for message in messages]
        bound = None if schema is None else _replaced(schema, redaction.redact)
        if redaction.example:
            sent = _with_note(sent, _NOTE.format(example=redaction.example))
        return redaction, sent, bound


def _nowhere(_: str) -> None: ...


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _with_note(messages: Sequence[Message], note: str) -> list[Message]:
    first, *rest = messages
    if first.role == "system":
        return [Message("system", f"{first.content}\n\n{note}"), *rest]
    return [Message("system", note), first, *rest]


def _replaced(value: Any, redact: Callable[[str], str], *, words: bool = False) -> Any:
    """A schema with its words redacted; names of fields and keywords stay."""
    if isinstance(value, str):
        return redact(value) if words else value
    if isinstance(value, dict):
        fields = cast(dict[str, Any], value)
        # a field may be called what a keyword is called: it is a schema of its own
        told = {key: words or (key in _SAID_IN_SCHEMA and not isinstance(one, dict)) for key, one in fields.items()}
        return {key: _replaced(one, redact, words=told[key]) for key, one in fields.items()}
    if isinstance(value, list):
        return [_replaced(one, redact, words=words) for one in cast(list[Any], value)]
    return value


def _words(schema: JsonSchema | None) -> list[str]:
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    _replaced(schema, keep)
    return found


def _certain(text: str) -> int:
    """How much of a text can be no beginning of a placeholder that goes on in the next piece."""
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.end() == len(text) and not match[3]:
            return match.start()
        end = match.end()
    begun = _BEGUN.search(text, end)
    return begun.start() if begun else len(text)


def _beginnings(word: str) -> str:
    """A pattern of every beginning of a placeholder of that word, its digits included."""
    pattern = "(?:_[0-9]{0,7})?"
    for letter in reversed(word[1:]):
        pattern = f"(?:(?i:{letter}){pattern})?"
    return f"(?i:{word[0]}){pattern}"


_BEGUN = re.compile(rf"(?:{'|'.join(map(_beginnings, Kind))})\Z")
