"""With servers of every kind set on other machines, nothing of a private project leaves this one, and offline nothing
at all: every socket of the process is watched while a project is ingested, read, asked, compared and told."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from agents.settings import AgentsSettings, ServerSettings, TierSettings
from ingestion.ports import Embedder, Transcriber
from ingestion.settings import IngestionSettings
from retrieval.settings import RetrievalSettings
from server.app import create_app
from server.home import Home
from server.services import Services
from server.settings import Settings
from tests.e2e.no_way_out import Watch, no_way_out
from tests.server.ledger_home import API, FIRST, SECOND, until, until_read, upload
from tests.server.test_services import SERIES, DoubleServices

CHAT, LARGE, RERANK, SPEECH, EMBED = (
    "192.0.2.1",
    "chat.example.com",
    "rerank.example.com",
    "2001:db8::7",
    "embed.example.com",
)


class FarServers(DoubleServices):
    """Chat, reranking and speech recognition on other machines."""

    def new_transcriber(self) -> Transcriber:
        return Services.new_transcriber(self)


class FarEmbedder(FarServers):
    """The embedding model, too."""

    def new_embedder(self) -> Embedder:
        return Services.new_embedder(self)


def far_settings(home: Path, *, offline: bool = False, embedder: bool = False) -> Settings:
    embedding = {"embedding_base_url": f"https://{EMBED}/v1", "embedding_dimensions": 384} if embedder else {}
    servers = {
        "one": ServerSettings(base_url=f"http://{CHAT}:8001/v1"),
        "two": ServerSettings(base_url=f"https://{LARGE}/v1"),
    }
    tiers = {
        "medium": TierSettings(model="qwen3-14b", server="one", level="medium"),
        "large": TierSettings(model="qwen3-32b", server="two", level="large"),
    }
    return Settings(
        home=home,
        models_dir=home / "models",
        offline=offline,
        agents=AgentsSettings(servers=servers, tiers=tiers, chat_retries=0),
        retrieval=RetrievalSettings(reranker="any/reranker", reranker_base_url=f"https://{RERANK}/v1"),
        ingestion=IngestionSettings(
            speech_base_url=f"http://[{SPEECH}]:8004/v1",
            speech_model="any/asr",
            speech_timeout_seconds=1,
            embedding_timeout_seconds=1,
            **embedding,
        ),
    )


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the owner of a machine may have set for other programs; what the services change of it is undone."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "any")
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "0")


@contextmanager
def serving(settings: Settings, kind: type[Services]) -> Iterator[tuple[httpx.Client, Watch]]:
    """A client of the server over these settings, and what the process tries meanwhile."""
    home = Home(settings.home)
    home.own()
    services = kind(settings, home)

    def opened() -> Services:
        services.open()
        return services

    with no_way_out() as watch:
        running = uvicorn.Server(uvicorn.Config(create_app(opened), host="127.0.0.1", port=0, log_config=None))
        thread = threading.Thread(target=running.run)
        thread.start()
        try:
            until(lambda: running.started and services.ready)
            port = running.servers[0].sockets[0].getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                yield client, watch
        finally:
            running.should_exit = True
            thread.join()
            home.disown()


def work_through(client: httpx.Client, *, private: bool, sent: bool) -> None:
    """Everything that a project is for. `sent` says that servers on other machines may be asked."""
    made = client.post(f"{API}/projects", json={"name": "Atlas", "private": private}).json()
    assert made["private"] is private
    meeting, _ = [upload(client, day, lines) for day, lines in (("2026-03-02", FIRST), ("2026-03-09", SECOND))]
    until_read(client)
    ask(client, sent=sent)
    search(client, sent=sent)
    tell(client, meeting)


def ask(client: httpx.Client, *, sent: bool) -> None:
    question = {"question": "When do we ship?"}
    for tier in ("medium", "large"):
        # a tier that was asked for by name is refused, and no other is taken in its place
        assert client.post(f"{API}/ask", json={**question, "tier": tier}).status_code == (200 if sent else 403)
    answer = done(client.post(f"{API}/ask", json=question))
    assert answer["model"] is None
    assert "April 24" in str(answer)
    follow = {"question": "And who writes the rollback script?", "project": "Atlas"}
    follow["conversation_id"] = answer["conversation_id"]
    streamed = client.post(f"{API}/ask", json=follow, headers={"Accept": "text/event-stream"})
    assert "event: done" in streamed.text
    for task in ("answer", "extract", "compare", "review"):
        routed = client.post(f"{API}/route", json={"task": task, "project": "Atlas", "minutes": 90})
        assert routed.status_code in (200, 403)


def search(client: httpx.Client, *, sent: bool) -> None:
    query = {"query": "rollback script"}
    # the reranker cannot be reached either way: what differs is whether it is tried
    assert done(client.get(f"{API}/search", params=query))["recipe"] == "hybrid"
    wanted = client.post(f"{API}/search", json={**query, "recipe": "hybrid-rerank", "project": "Atlas"})
    assert (wanted.status_code, wanted.json().get("recipe")) == ((502, None) if sent else (200, "hybrid"))


def tell(client: httpx.Client, meeting: str) -> None:
    project = {"project": "Atlas"}
    done(client.get(f"{API}/reports/compare", params=project))
    assert "April 24" in str(done(client.get(f"{API}/dossiers/Atlas")))
    for format in ("html", "docx", "pdf"):
        assert client.get(f"{API}/dossiers/Atlas", params={"format": format}).is_success
    report = done(client.post(f"{API}/reports", json={"kind": "comparison", "projects": ["Atlas"]}))
    done(client.post(f"{API}/reports/{report['id']}/rebuild"))
    done(client.get(f"{API}/meetings/{meeting}/review-report", params={"template": "weekly_sync"}))
    done(client.post(f"{API}/readings", json=project))
    until_read(client)


def done(response: httpx.Response) -> dict[str, Any]:
    assert response.is_success, response.text
    return response.json()


def recorded(client: httpx.Client, project: str = "Atlas") -> dict[str, Any]:
    """What became of a recording."""
    recording = (SERIES / "2026-03-02.m4a").read_bytes()
    answer = done(client.post(f"{API}/uploads", params={"name": "a.m4a", "project": project}, content=recording))
    return ended(client, answer["meetings"][0]["id"])


def ended(client: httpx.Client, meeting: str) -> dict[str, Any]:
    until(lambda: client.get(f"{API}/jobs/{meeting}").json()["stage"] in ("ready", "failed"))
    return client.get(f"{API}/jobs/{meeting}").json()


@pytest.mark.parametrize("why", ["private", "offline"])
def test_nothing_leaves_that_is_private_and_offline_nothing_at_all(tmp_path: Path, why: str) -> None:
    with serving(far_settings(tmp_path, offline=why == "offline"), FarServers) as (client, watch):
        work_through(client, private=why == "private", sent=False)
        failed = recorded(client)
        assert failed["stage"] == "failed"
        assert ("HUIMAI_OFFLINE" if why == "offline" else "private") in failed["error"]
        time.sleep(0.5)
        assert watch.attempts == []


def test_what_is_neither_is_sent_to_the_servers_that_are_set(tmp_path: Path) -> None:
    """The same work tries all of them, so that the test above would see it."""
    with serving(far_settings(tmp_path), FarServers) as (client, watch):
        work_through(client, private=False, sent=True)
        recorded(client)
        assert {CHAT, LARGE, RERANK, SPEECH} == set(watch.attempts)


def test_a_private_project_among_others_keeps_questions_about_all_of_them_here(tmp_path: Path) -> None:
    with serving(far_settings(tmp_path), FarServers) as (client, watch):
        done(client.post(f"{API}/projects", json={"name": "Secret", "private": True}))
        upload(client, "2026-03-02", FIRST, "Secret")
        until_read(client, "Secret")
        assert watch.attempts == []
        done(client.post(f"{API}/ask", json={"question": "When do we ship?"}))
        done(client.get(f"{API}/search", params={"query": "rollback script"}))
        assert watch.attempts == []


@pytest.mark.parametrize("offline", [False, True])
def test_an_embedding_server_is_told_nothing_that_it_may_not_be(tmp_path: Path, offline: bool) -> None:
    with serving(far_settings(tmp_path, offline=offline, embedder=True), FarEmbedder) as (client, watch):
        done(client.post(f"{API}/projects", json={"name": "Atlas", "private": not offline}))
        transcript = (SERIES / "2026-03-02.vtt").read_bytes()
        sent = client.post(f"{API}/uploads", params={"name": "a.vtt", "project": "Atlas"}, content=transcript)
        failed = ended(client, done(sent)["meetings"][0]["id"])
        assert failed["stage"] == "failed"
        assert ("HUIMAI_OFFLINE" if offline else "private") in failed["error"]
        assert failed["hint"]
        client.get(f"{API}/search", params={"query": "压测预算"})
        assert watch.attempts == []


def test_an_embedding_server_is_told_what_it_may_be(tmp_path: Path) -> None:
    with serving(far_settings(tmp_path, embedder=True), FarEmbedder) as (client, watch):
        transcript = (SERIES / "2026-03-02.vtt").read_bytes()
        sent = client.post(f"{API}/uploads", params={"name": "a.vtt", "project": "Atlas"}, content=transcript)
        assert ended(client, done(sent)["meetings"][0]["id"])["stage"] == "failed"
        assert set(watch.attempts) == {EMBED}


def _connect() -> None:
    socket.create_connection((CHAT, 80), timeout=0.1)


def _connect_in_a_loop() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(CHAT, 80), 1))


def _look_up() -> None:
    socket.getaddrinfo(LARGE, 443)


def _datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", (CHAT, 53))


def _fetch() -> None:
    urllib.request.urlopen(f"http://{LARGE}/", timeout=1)


def _in_a_thread() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(_connect).result()


def _pip() -> None:
    subprocess.run([sys.executable, "-m", "pip", "--version"], check=True)


@pytest.mark.parametrize("leave", [_connect, _connect_in_a_loop, _look_up, _datagram, _fetch, _in_a_thread, _pip])
def test_the_watch_sees_and_stops_every_way_out(leave: Any) -> None:
    with no_way_out() as watch:
        with pytest.raises(OSError):
            leave()
        assert watch.attempts


def test_the_watch_lets_this_machine_talk_to_itself() -> None:
    with socket.socket() as listener, no_way_out() as watch:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(("localhost", listener.getsockname()[1])):
            pass
        assert watch.attempts == []
