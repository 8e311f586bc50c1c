"""The embedded chat model: llama.cpp in a child process, so that a fresh machine needs nothing else.

A process of its own, because loading holds the GIL for seconds, memory is given back whole, a crash of native code
ends nothing else, and waiting threads must sleep rather than spin (see `_environment`).
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from agents.llm.embedded_caller import OfCaller
from agents.llm.turns import TellAhead, Turns
from agents.ports import ChatCard, ChatModel, Completion, JsonSchema, Message, Reads, TextSink
from ingestion.errors import ModelFailedError, ModelMissingError

if TYPE_CHECKING:
    from agents.llm.servers.openai_compatible import OpenAICompatible

_LOAD_SECONDS = 180.0
_CHILD = Path(__file__).with_name("embedded_child.py")


class EmbeddedChatModel:
    """A GGUF model on this machine: loaded by the first call, unloaded when idle.

    Calls are served one by one; `for_caller` gives each who asks a fair share of the turns.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        context_tokens: int = 4096,
        threads: int = 0,
        idle_unload_seconds: float = 600.0,
        answer_seconds: float | None = None,
        reads: Reads = Reads.NOTHING,
    ) -> None:
        """`threads` 0 means all cores, `idle_unload_seconds` 0 keeps the model loaded.

        `answer_seconds` is the longest that a call takes once it has its turn, None as long as it needs. A model that
        is not loaded by then goes on loading, for the next call.
        """
        self._card = ChatCard(
            name=name,
            tier="embedded",
            context_tokens=context_tokens,
            json_schema=True,
            thinking=False,
            remote=False,
            reads=reads,
        )
        self._path = path
        self._threads = threads
        self._idle_seconds = idle_unload_seconds
        self._answer_seconds = answer_seconds
        self.turns = Turns()
        self._child: asyncio.subprocess.Process | None = None
        self._loading: asyncio.Task[OpenAICompatible] | None = None
        self._idle: asyncio.Task[None] | None = None

    @property
    def card(self) -> ChatCard:
        """What the model can do."""
        return self._card

    @property
    def pid(self) -> int | None:
        """Process id of the loaded model; None while it is not loaded."""
        return None if self._child is None or self._child.returncode is not None else self._child.pid

    def for_caller(self, caller: str, *, waiting: bool, tell_ahead: TellAhead | None = None) -> ChatModel:
        """The same model for one who asks. `waiting` says that a person waits for the answer; `tell_ahead` hears how
        many turns come before."""
        return OfCaller(self, caller, waiting, tell_ahead)

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
        """Wait for a turn, load if needed, answer. Raises ModelMissingError, ModelFailedError.

        After a cancelled call the model is free again within one batch of prompt tokens.
        """
        async with self.turns.take():
            return await self.answer_now(messages, max_tokens, temperature, schema, on_text, on_reasoning)

    async def answer_now(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        temperature: float,
        schema: JsonSchema | None,
        on_text: TextSink | None,
        on_reasoning: TextSink | None,
    ) -> Completion:
        """Answer within a turn that the caller has taken. Raises as `complete` does."""
        self._stay_awake()
        try:
            async with asyncio.timeout(self._answer_seconds):
                chat = await self._loaded()
                return await chat.complete(
                    messages,
                    max_tokens=max_tokens,
                    temperature=temperature,
                    schema=schema,
                    on_text=on_text,
                    on_reasoning=on_reasoning,
                )
        except TimeoutError:
            raise self._too_slow() from None
        except ModelFailedError as error:
            raise await self._crashed() or error from None
        finally:
            self._unload_later()

    async def unload(self) -> None:
        """End the child process once the running call is done; the next call starts it again."""
        async with self.turns.take():
            await self._stop()

    async def close(self) -> None:
        """Unload once the running call is done, and stop watching for idleness."""
        async with self.turns.take():
            # not before it has the turn: a watcher that is already unloading must come to its end
            self._stay_awake()
            await self._stop()

    async def _loaded(self) -> OpenAICompatible:
        if self._loading is None or (self._loading.done() and self.pid is None):
            await self._stop()
            self._loading = asyncio.create_task(self._start())
        return await asyncio.shield(self._loading)

    async def _start(self) -> OpenAICompatible:
        if not self._path.is_file():
            raise ModelMissingError(
                f"the chat model {self._card.name} is not on this machine", f"huimai models pull {self._card.name}"
            )
        key = SecretStr(secrets.token_urlsafe(32))
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            str(_CHILD),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            # ctrl-C in a terminal is for the parent, which then closes the child
            start_new_session=True,
        )
        self._child = child
        try:
            address = await self._handshake(child, key)
        except BaseException:
            await self._end_child()
            raise
        protocol = await asyncio.to_thread(importlib.import_module, "agents.llm.servers.openai_compatible")
        return protocol.OpenAICompatible(
            self._card,
            base_url=f"{address}/v1",
            api_key=key,
            # a kept-alive connection may be closed by the server just as it is used again
            retries=1,
            binding=_compact_grammar,
            label=f"the embedded model {self._card.name}",
            names=protocol.SettingNames(context="HUIMAI_AGENTS__EMBEDDED_CONTEXT"),
        )

    async def _handshake(self, child: asyncio.subprocess.Process, key: SecretStr) -> str:
        """Send the settings, wait until the model is loaded, return the address it listens on."""
        assert child.stdin is not None and child.stdout is not None
        settings = {
            "path": str(self._path),
            "context_tokens": self._card.context_tokens,
            "threads": self._threads,
            "api_key": key.get_secret_value(),
        }
        try:
            async with asyncio.timeout(_LOAD_SECONDS):
                child.stdin.write(json.dumps(settings).encode() + b"\n")
                await child.stdin.drain()
                line = await child.stdout.readline()
        except (TimeoutError, ConnectionError) as error:
            raise self._not_loaded(f"no sign of life within {_LOAD_SECONDS:g} s") from error
        report: dict[str, str] = json.loads(line) if line else {"error": _ending(await child.wait())}
        if "address" not in report:
            raise self._not_loaded(report.get("error", ""))
        return report["address"]

    def _not_loaded(self, reason: str) -> ModelFailedError:
        return ModelFailedError(
            f"the embedded model {self._card.name} could not be loaded: {reason}",
            f"`huimai models verify` checks its file; `huimai models pull {self._card.name}` fetches it again.",
        )

    async def _crashed(self) -> ModelFailedError | None:
        """The error to show when the child process has ended by itself."""
        if self._child is None:
            return None
        try:
            async with asyncio.timeout(0.5):
                status = await self._child.wait()
        except TimeoutError:
            return None
        return ModelFailedError(
            f"the embedded model {self._card.name} stopped while answering: {_ending(status)}",
            "Ask again, it is then started anew; if memory is short, lower HUIMAI_AGENTS__EMBEDDED_CONTEXT.",
        )

    def _too_slow(self) -> ModelFailedError:
        still = "loading" if self._loading is None or not self._loading.done() else "answering"
        return ModelFailedError(
            f"the embedded model {self._card.name} was still {still} after {self._answer_seconds:g} s",
            "Ask again, or give it more time with HUIMAI_AGENTS__EMBEDDED_ANSWER_SECONDS.",
        )

    async def _stop(self) -> None:
        loading, self._loading = self._loading, None
        await self._end_child()
        if loading is None:
            return
        loading.cancel()
        (chat,) = await asyncio.gather(loading, return_exceptions=True)
        if not isinstance(chat, BaseException):
            await chat.close()

    async def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            if child.returncode is None:
                child.kill()
            await child.wait()

    def _stay_awake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _unload_later(self) -> None:
        if self._idle_seconds and self.pid is not None:
            self._idle = asyncio.create_task(self._unload_when_idle())

    async def _unload_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        await self.unload()


def _environment() -> Mapping[str, str]:
    """Waiting OpenMP threads sleep: spinning ones starve transcription on the same cores, and themselves with it."""
    return {**os.environ, "OMP_WAIT_POLICY": "passive"}


def _compact_grammar(schema: JsonSchema) -> Mapping[str, Any]:
    """The schema as an llguidance grammar without indentation, which costs two tokens in five otherwise.

    Grammar: https://github.com/guidance-ai/llguidance/blob/main/docs/syntax.md, options `x-guidance`.
    """
    style = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
    document = json.dumps({**schema, "x-guidance": style}, ensure_ascii=False)
    return {"grammar": f"%llguidance {{}}\nstart: %json {document}"}


def _ending(status: int) -> str:
    return f"it was ended by signal {-status}" if status < 0 else f"it ended with status {status}"
