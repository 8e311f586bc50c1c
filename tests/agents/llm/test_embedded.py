"""The embedded model's life: a child process that comes when needed and always goes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from agents.llm.embedded import EmbeddedChatModel
from agents.llm.embedded_child import BATCH_TOKENS
from agents.ports import Message
from ingestion.errors import ModelFailedError, ModelMissingError

pytestmark = pytest.mark.anyio

HI = [Message("user", "Say hi.")]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def model(chat_model_file: Path):
    chat = EmbeddedChatModel("embedded", chat_model_file, context_tokens=1024)
    yield chat
    await chat.close()


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(60):
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_a_file_that_is_not_there(tmp_path):
    model = EmbeddedChatModel("small", tmp_path / "none.gguf")
    with pytest.raises(ModelMissingError) as missing:
        await model.complete(HI, max_tokens=3)
    assert missing.value.hint == "huimai models pull small"
    assert model.pid is None


async def test_a_file_that_is_no_model(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    model = EmbeddedChatModel("small", path)
    with pytest.raises(ModelFailedError, match="could not be loaded") as failed:
        await model.complete(HI, max_tokens=3)
    assert "models verify" in failed.value.hint
    assert model.pid is None


@pytest.mark.models
async def test_a_crash_is_explained_and_the_next_call_starts_anew(model):
    began = asyncio.Event()
    call = asyncio.create_task(
        model.complete([Message("user", "Count to 300.")], max_tokens=500, on_text=lambda _: began.set())
    )
    await began.wait()
    psutil.Process(model.pid).kill()
    with pytest.raises(ModelFailedError, match="ended by signal 9"):
        await call
    assert (await model.complete(HI, max_tokens=3)).text


@pytest.mark.models
async def test_a_prompt_that_does_not_fit_is_refused(model):
    with pytest.raises(ModelFailedError, match="takes 1024 tokens at most"):
        await model.complete([Message("user", "word " * 2000)], max_tokens=3)


@pytest.mark.models
async def test_calls_are_served_in_the_order_they_came(model):
    done: list[int] = []

    async def ask(n: int) -> None:
        await model.complete(HI, max_tokens=2)
        done.append(n)

    await asyncio.gather(*(ask(n) for n in range(3)))
    assert done == [0, 1, 2]


class Scripted:
    """What a loaded model answers: it keeps what it was asked, says a word once `speak` is set and ends with `end`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.stopped: list[str] = []
        self.speak, self.end = asyncio.Event(), asyncio.Event()

    async def complete(self, messages, *, on_text, **_):
        self.asked.append(messages[-1].content)
        try:
            await self.speak.wait()
            if on_text is not None:
                on_text("word")
            await self.end.wait()
        except asyncio.CancelledError:
            self.stopped.append(messages[-1].content)
            raise
        return messages[-1].content


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """An embedded model whose process is a script, and the script."""
    model, script = EmbeddedChatModel("embedded", tmp_path / "none.gguf"), Scripted()

    async def loaded() -> Scripted:
        return script

    monkeypatch.setattr(model, "_loaded", loaded)
    return model, script


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def ask(model, question: str, *, waiting: bool = True, heard=None, told=None) -> asyncio.Task:
    chat = model.for_caller(question.split()[0], waiting=waiting, tell_ahead=told)
    return asyncio.create_task(chat.complete([Message("user", question)], max_tokens=2, on_text=heard))


async def test_callers_take_turns_and_are_told_how_many_come_before(shared):
    model, script = shared
    told: list[int] = []
    script.speak.set()
    tasks = [ask(model, f"greedy {n}") for n in range(3)]
    await settle()
    tasks.append(ask(model, "modest", told=told.append))
    await settle()
    script.end.set()
    await asyncio.gather(*tasks)
    assert script.asked == ["greedy 0", "modest", "greedy 1", "greedy 2"]
    assert told == [1]


async def test_reading_that_has_said_nothing_gives_way_to_a_person_and_comes_again(shared):
    model, script = shared
    heard: list[str] = []
    reading = ask(model, "reading", waiting=False, heard=heard.append)
    await settle()
    person = ask(model, "ann")
    await settle()
    assert (script.stopped, script.asked) == (["reading"], ["reading", "ann"])
    script.speak.set()
    script.end.set()
    assert (await person, await reading) == ("ann", "reading")
    assert script.asked == ["reading", "ann", "reading"]
    assert heard == ["word"]


async def test_reading_that_has_begun_to_answer_ends_first(shared):
    model, script = shared
    heard: list[str] = []
    script.speak.set()
    reading = ask(model, "reading", waiting=False, heard=heard.append)
    await settle()
    person = ask(model, "ann")
    await settle()
    script.end.set()
    assert (await reading, await person) == ("reading", "ann")
    assert (script.stopped, script.asked, heard) == ([], ["reading", "ann"], ["word"])


@pytest.mark.models
async def test_what_prompts_of_several_callers_have_in_common_is_evaluated_once(model):
    common = Message("system", "Rules: " + " ".join(f"never say {n}," for n in range(60)))
    calls = [
        await model.for_caller(caller, waiting=True).complete(
            [common, Message("user", f"{caller}: {asked}")], max_tokens=2
        )
        for caller, asked in (("ann", "What is this about?"), ("bob", "How many of them are there?"))
    ]
    evaluated = [call.prompt_tokens - call.cached_tokens for call in calls]
    assert calls[0].prompt_tokens > 200
    assert evaluated[1] < evaluated[0] / 4


@pytest.mark.models
async def test_reading_that_gave_way_does_not_read_all_of_its_prompt_again(model):
    await model.complete(HI, max_tokens=2)
    lines = " ".join(f"line {n} says {n * 7}," for n in range(90))
    reading = model.for_caller("reading", waiting=False)
    worked = processor_seconds(model.pid)
    task = asyncio.create_task(reading.complete([Message("user", f"{lines} what is it?")], max_tokens=2))
    while processor_seconds(model.pid) < worked + 0.3:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    await model.for_caller("ann", waiting=True).complete(HI, max_tokens=2)
    assert not task.done()
    # a batch that was begun is evaluated to its end
    assert (await task).cached_tokens >= BATCH_TOKENS


def processor_seconds(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


@pytest.mark.models
async def test_an_idle_model_gives_its_memory_back(chat_model_file):
    model = EmbeddedChatModel("embedded", chat_model_file, context_tokens=1024, idle_unload_seconds=0.1)
    await model.complete(HI, max_tokens=2)
    pid = model.pid
    assert pid is not None
    await until_gone(pid)
    await model.close()
    assert model.pid is None


@pytest.mark.models
async def test_a_model_that_is_not_loaded_in_time_goes_on_loading_for_the_next_call(chat_model_file):
    model = EmbeddedChatModel("embedded", chat_model_file, context_tokens=1024, answer_seconds=0.3)
    with pytest.raises(ModelFailedError, match=r"still loading after 0\.3 s"):
        await model.complete(HI, max_tokens=2)
    pid = model.pid
    model._answer_seconds = None
    assert (await model.complete(HI, max_tokens=2)).text
    assert model.pid == pid is not None
    model._answer_seconds = 0.3
    with pytest.raises(ModelFailedError, match="still answering"):
        await model.complete([Message("user", "Count to 300.")], max_tokens=500)
    await model.close()
    assert model.pid is None


async def test_a_loading_that_failed_in_no_known_way_is_tried_again(tmp_path, monkeypatch):
    child, file = tmp_path / "child.py", tmp_path / "model.gguf"
    child.write_text("print('no report')")
    file.touch()
    monkeypatch.setattr("agents.llm.embedded._CHILD", child)
    model = EmbeddedChatModel("embedded", file, context_tokens=1024)
    for _ in range(2):
        with pytest.raises(json.JSONDecodeError):
            await model.complete(HI, max_tokens=2)
    await model.close()


@pytest.mark.models
async def test_closing_ends_a_model_that_is_still_loading(chat_model_file):
    model = EmbeddedChatModel("embedded", chat_model_file, context_tokens=1024, answer_seconds=0.3)
    with pytest.raises(ModelFailedError, match="still loading"):
        await model.complete(HI, max_tokens=2)
    pid = model.pid
    await model.close()
    if pid is not None:
        await until_gone(pid)


@pytest.mark.models
async def test_the_model_ends_with_a_parent_that_is_killed(chat_model_file):
    script = f"""
        import asyncio, os, signal
        from pathlib import Path
        from agents.llm.embedded import EmbeddedChatModel
        from agents.ports import Message

        async def main():
            model = EmbeddedChatModel("embedded", Path({str(chat_model_file)!r}), context_tokens=1024)
            await model.complete([Message("user", "Hi")], max_tokens=1)
            print(model.pid, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(main())
    """
    root = str(Path(__file__).parents[3])
    parent = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": root},
        timeout=120,
        check=False,
    )
    await until_gone(int(parent.stdout))
