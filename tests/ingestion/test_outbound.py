"""The door, attacked: redirects, proxies, addresses in disguise, tasks that outlive what was said."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import httpx
import pytest

from ingestion.addresses import is_remote, is_remote_host
from ingestion.outbound import Outbound, PrivacyError, about, project_at_work
from tests.serving import Handler, listening

FAR = "https://models.example.com/v1"
HERE = "http://127.0.0.1:9/v1"


class Answers(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request that gets past the door, and remembers to whom it went."""

    def __init__(self, redirects: dict[str, str] | None = None) -> None:
        self.reached: list[str] = []
        self._redirects = redirects or {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.reached.append(request.url.host)
        to = self._redirects.get(request.url.host)
        return httpx.Response(307, headers={"location": to}) if to else httpx.Response(200, text="ok")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def asked(outbound: Outbound, base_url: str, *, remote: bool, redirects: dict[str, str] | None = None) -> list[str]:
    """The hosts that a request through the door reached, and PrivacyError last where it was stopped."""
    answers = Answers(redirects)
    client = outbound.client(base_url, remote=remote)
    client._transport = answers
    client._mounts = {}
    client.follow_redirects = True
    try:
        client.post(f"{base_url}/rerank", json={"query": "secret"})
    except PrivacyError:
        return [*answers.reached, "PrivacyError"]
    return answers.reached


async def asked_async(outbound: Outbound, base_url: str, *, remote: bool) -> list[str]:
    answers = Answers()
    client = outbound.async_client(base_url, remote=remote)
    client._transport = answers
    client._mounts = {}
    try:
        async with client.stream("POST", base_url, content=b"secret") as response:
            await response.aread()
    except PrivacyError:
        return [*answers.reached, "PrivacyError"]
    return answers.reached


def test_nothing_goes_out_unless_somebody_said_that_it_is_not_private() -> None:
    assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]
    with about(private=True):
        assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]
    with about(private=False):
        assert asked(Outbound(), FAR, remote=True) == ["models.example.com"]
    assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]


def test_offline_keeps_even_what_is_not_private() -> None:
    with about(private=False):
        assert asked(Outbound(offline=True), FAR, remote=True) == ["PrivacyError"]
        assert asked(Outbound(offline=True), HERE, remote=False) == ["127.0.0.1"]


def test_this_machine_and_servers_of_the_house_are_told_everything() -> None:
    assert asked(Outbound(), HERE, remote=False) == ["127.0.0.1"]
    assert asked(Outbound(offline=True), "http://vllm:8000/v1", remote=False) == ["vllm"]


def test_the_error_says_where_why_and_what_to_do() -> None:
    with pytest.raises(PrivacyError, match=r"the server at models\.example\.com is on another machine") as caught:
        Outbound().client(FAR, remote=True).get(FAR)
    assert "private" in caught.value.message
    assert "huimai projects edit" in caught.value.hint
    with about(private=False), pytest.raises(PrivacyError, match="HUIMAI_OFFLINE is set") as caught:
        Outbound(offline=True).client(FAR, remote=True).get(FAR)
    assert caught.value.status == 403
    assert "secret" not in repr(caught.value)


@pytest.mark.parametrize("at", ["http://127.0.0.1:9/v1", "http://vllm:8000/v1"])
def test_a_server_of_the_house_cannot_send_its_clients_elsewhere(at: str) -> None:
    host = httpx.URL(at).host
    assert asked(Outbound(), at, remote=False, redirects={host: "https://evil.example/x"}) == [host, "PrivacyError"]
    with about(private=False):
        hosts = asked(Outbound(), at, remote=False, redirects={host: "https://evil.example/x"})
        assert hosts == [host, "evil.example"]
        hosts = asked(Outbound(offline=True), at, remote=False, redirects={host: "http://8.8.8.8/x"})
        assert hosts == [host, "PrivacyError"]


def test_a_client_used_for_another_address_is_stopped_as_well() -> None:
    client = Outbound().client(HERE, remote=False)
    with pytest.raises(PrivacyError):
        client.get("https://evil.example/")
    with pytest.raises(PrivacyError):
        client.send(client.build_request("GET", "https://evil.example/"))
    with pytest.raises(PrivacyError):
        client.get("http://127.0.0.1@evil.example/")


@pytest.mark.parametrize(
    ("host", "remote"),
    [
        ("localhost", False),
        ("LOCALHOST", False),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("::1", False),
        ("0:0:0:0:0:0:0:1", False),
        ("localhost.", True),
        ("localhost.example.com", True),
        ("my.localhost", True),
        ("127.0.0.1.nip.io", True),
        ("127.1", True),
        ("2130706433", True),
        ("0x7f000001", True),
        ("0177.0.0.1", True),
        ("127.0.0.01", True),
        ("0.0.0.0", True),
        ("::", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:8.8.8.8", True),
        ("fe80::1", True),
        ("10.0.0.1", True),
        ("169.254.169.254", True),
        ("１２７.0.0.1", True),
        ("", True),
    ],
)
def test_only_the_usual_spellings_of_this_machine_are_this_machine(host: str, remote: bool) -> None:
    assert is_remote_host(host) is remote


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1@evil.example/v1",
        "http://localhost:80@evil.example/v1",
        "http://evil.example#@127.0.0.1/",
        "http://evil.example?@127.0.0.1/",
        "http://evil.example\\@127.0.0.1/",
        "http:evil.example",
        "//127.0.0.1",
        "",
    ],
)
def test_an_address_in_disguise_never_looks_nearer_than_it_is(url: str) -> None:
    """What decides for a setting, and what a client connects to, may differ only towards refusing."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return
    assert is_remote(url) or not is_remote_host(host)


def test_what_is_private_stays_private_within() -> None:
    with about(private=True), about(private=False):
        assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]
    with about(private=False):
        with about(private=True):
            assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]
        assert asked(Outbound(), FAR, remote=True) == ["models.example.com"]


def test_a_thread_knows_nothing_of_what_was_said_elsewhere() -> None:
    found: list[str] = []
    with about(private=False):
        thread = threading.Thread(target=lambda: found.extend(asked(Outbound(), FAR, remote=True)))
        thread.start()
        thread.join()
    assert found == ["PrivacyError"]


def test_tasks_and_worker_threads_begun_within_follow() -> None:
    async def scenario() -> None:
        with about(private=False):
            assert await asyncio.create_task(asked_async(Outbound(), FAR, remote=True)) == ["models.example.com"]
            found = await asyncio.to_thread(asked, Outbound(), FAR, remote=True)
            assert found == ["models.example.com"]
        assert await asked_async(Outbound(), FAR, remote=True) == ["PrivacyError"]

    asyncio.run(scenario())


def test_a_task_that_outlives_what_was_said_may_send_nothing() -> None:
    async def scenario() -> None:
        over = asyncio.Event()

        async def late(*, said_again: bool) -> list[str]:
            await over.wait()
            if said_again:
                with about(private=False):
                    return await asked_async(Outbound(), FAR, remote=True)
            return await asked_async(Outbound(), FAR, remote=True)

        with about(private=False):
            silent = asyncio.create_task(late(said_again=False))
            telling = asyncio.create_task(late(said_again=True))
            await asyncio.sleep(0)
        over.set()
        assert await silent == ["PrivacyError"]
        assert await telling == ["models.example.com"]

    asyncio.run(scenario())


def test_the_project_at_work_is_that_of_the_innermost_block() -> None:
    assert project_at_work() is None
    with about(private=False, project="Atlas"):
        assert project_at_work() == "Atlas"
        with about(private=False, project="Borealis"):
            assert project_at_work() == "Borealis"
        with about(private=False):
            assert project_at_work() is None
        assert project_at_work() == "Atlas"
    with pytest.raises(ZeroDivisionError), about(private=False, project="Atlas"):
        raise ZeroDivisionError
    assert project_at_work() is None


def test_the_project_at_work_follows_into_tasks_and_threads_and_ends_with_its_block() -> None:
    async def scenario() -> None:
        over = asyncio.Event()

        async def late() -> str | None:
            await over.wait()
            return project_at_work()

        with about(private=False, project="Atlas"):
            outliving = asyncio.create_task(late())
            assert await asyncio.to_thread(project_at_work) == "Atlas"
            with ThreadPoolExecutor() as pool:
                assert pool.submit(copy_context().run, project_at_work).result() == "Atlas"
        over.set()
        assert await outliving is None

    asyncio.run(scenario())


def test_a_named_project_lets_nothing_out() -> None:
    with about(private=True, project="Atlas"):
        assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]
        with about(private=False, project="Borealis"):
            assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]


def test_an_error_inside_ends_what_was_said() -> None:
    with pytest.raises(ZeroDivisionError), about(private=False):
        raise ZeroDivisionError
    assert asked(Outbound(), FAR, remote=True) == ["PrivacyError"]


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A proxy that the environment names, and what it was asked."""
    seen: list[str] = []

    class Proxy(Handler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send(200, b"")

        do_POST = do_GET

    with listening(Proxy) as address:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield seen


def test_a_server_of_the_house_is_reached_past_the_proxies_of_the_environment(proxy: list[str]) -> None:
    with pytest.raises(httpx.ConnectError):
        Outbound().client(HERE, remote=False).get(HERE)
    assert proxy == []
    with about(private=False):
        Outbound().client("http://models.example.com", remote=True).get("http://models.example.com/v1")
    assert proxy == ["http://models.example.com/v1"]
    with pytest.raises(PrivacyError):
        Outbound().client("http://models.example.com", remote=True).get("http://models.example.com/v1")
    assert len(proxy) == 1


_LOOK = """
from ingestion.outbound import Outbound, quieten_libraries
quieten_libraries(Outbound(offline={offline}))
from langsmith.utils import tracing_is_enabled
from huggingface_hub import constants
print(tracing_is_enabled(), constants.HF_HUB_DISABLE_TELEMETRY, constants.HF_HUB_OFFLINE)
"""


@pytest.mark.parametrize("offline", [False, True])
def test_libraries_tell_nobody_whatever_the_environment_says(offline: bool) -> None:
    talkative = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "k"}
    done = subprocess.run(
        [sys.executable, "-c", _LOOK.format(offline=offline)],
        env={**os.environ, **talkative},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True", str(offline)]
