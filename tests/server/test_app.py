"""The application as a whole: alive, ready, measured, documented."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from ingestion.errors import ConflictError
from server.app import create_app
from server.routes.pages import STATIC
from server.services import Services
from tests.server.conftest import EdgeServices

API = "/api/v1"
HEAVY = ("torch", "langgraph", "sentence_transformers", "faster_whisper", "opencc", "qdrant_client", "openai")


def talk(app: FastAPI, paths: list[str], before: Callable[[], None] = lambda: None) -> list[httpx.Response]:
    """The application's answers to GET requests during one lifespan."""

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            await asyncio.to_thread(before)
            return [await client.get(path) for path in paths]

    return asyncio.run(run())


def test_alive_before_ready(services: EdgeServices) -> None:
    release = threading.Event()

    def slow() -> Services:
        release.wait()
        services.open()
        return services

    ready = threading.Event()
    app = create_app(slow, on_ready=lambda _: ready.set())

    async def run() -> list[int]:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
        ):
            early = [await client.get(path) for path in ("/healthz", "/readyz", f"{API}/projects", "/metrics")]
            release.set()
            await asyncio.to_thread(ready.wait, 10)
            assert (await client.get("/readyz")).status_code == 200
            return [response.status_code for response in early]

    assert asyncio.run(run()) == [200, 503, 503, 200]


def test_a_home_that_cannot_be_opened_is_said(services: EdgeServices) -> None:
    failed = threading.Event()

    def taken() -> Services:
        raise ConflictError("the data home is in use", "wait until it ends")

    app = create_app(taken, on_failure=lambda error: failed.set())
    alive, ready = talk(app, ["/healthz", "/readyz"], lambda: failed.wait(10) and None)
    assert alive.status_code == 200
    assert ready.status_code == 503
    assert (ready.json()["detail"], ready.json()["hint"]) == ("the data home is in use", "wait until it ends")


def test_closing_the_application_closes_the_services(services: EdgeServices) -> None:
    closed: list[bool] = []
    services.close = lambda: closed.append(True)  # type: ignore[method-assign]
    opened = threading.Event()

    def open_services() -> Services:
        services.open()
        return services

    app = create_app(open_services, on_ready=lambda _: opened.set())
    talk(app, ["/healthz"], lambda: opened.wait(10) and None)
    assert closed == [True]


def test_metrics_count_by_route_and_stage(client: httpx.Client, services: EdgeServices) -> None:
    services.add_meeting("Ready")
    services.add_meeting("Running", stage="transcribe")
    client.get(f"{API}/meetings/secret-id")
    client.get("/wp-admin.php")
    text = client.get("/metrics").text
    assert 'huimai_meetings{stage="ready"} 1.0' in text
    assert 'huimai_jobs{stage="transcribe"} 1.0' in text
    assert 'huimai_jobs{stage="ready"}' not in text
    route = f'method="GET",route="{API}/meetings/{{meeting_id}}"'
    assert f'huimai_http_requests_total{{{route},status="404"}} 1.0' in text
    assert f"huimai_http_request_seconds_count{{{route}}} 1.0" in text
    assert 'route="unmatched",status="404"' in text
    assert "secret-id" not in text
    assert "process_resident_memory_bytes" in text


def test_settings_hide_what_is_secret(client: httpx.Client, services: EdgeServices) -> None:
    services.settings.database_url = "postgresql://huimai:hunter2@db:5432/huimai"
    services.settings.agents.chat_api_key = SecretStr("hunter2")
    document = client.get(f"{API}/settings").json()
    assert "hunter2" not in json.dumps(document)
    assert document["database_url"] == "postgresql://huimai:***@db:5432/huimai"
    assert document["ingestion"]["speech_model"] == "whisper-base"


def test_every_route_is_documented_with_an_example(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]

    def has_example(content: dict[str, dict]) -> bool:
        for body in content.values():
            schema = body.get("schema", {})
            names = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema))
            binary = schema.get("format") == "binary"
            if binary or "example" in body or any(_documented(schemas, name) for name in names):
                return True
        return False

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"] and operation["description"] and operation["tags"], where
            success = {s: r for s, r in operation["responses"].items() if s.startswith("2") and s not in ("204", "206")}
            assert all(has_example(r["content"]) for r in success.values()), where
            if "requestBody" in operation:
                assert has_example(operation["requestBody"]["content"]), where


def test_every_document_has_a_name_of_its_own(client: httpx.Client) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    # two classes of one name are told apart by the modules that they are in
    assert [name for name in schemas if "__" in name] == []


def test_every_reference_of_the_document_leads_somewhere(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    named = set(re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named - document["components"]["schemas"].keys() == set()
    assert "Problem" in named


def _documented(schemas: dict[str, dict], name: str) -> bool:
    schema = schemas[name]
    inner = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema.get("properties", {})))
    return "example" in schema or any("example" in schemas[i] for i in inner)


def test_the_page_has_no_inline_script_or_style(client: httpx.Client) -> None:
    for path in ("/", "/docs"):
        page = client.get(path)
        assert page.headers["content-type"].startswith("text/html")
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|https?://", page.text)
        for linked in re.findall(r'(?:src|href)="(/[^"]*)"', page.text):
            assert client.get(linked).status_code == 200, linked


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_never_write_markup(script: Path) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://", script.read_text())


def test_importing_the_application_loads_nothing_heavy() -> None:
    code = f"import sys, server.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
