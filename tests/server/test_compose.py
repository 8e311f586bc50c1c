"""docker-compose.yml as a file; there is no Docker engine to start it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.vllm import PORT, serve_arguments

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
VLLM = SERVICES["vllm"]


def test_only_vllm_needs_a_gpu_and_waits_for_its_profile() -> None:
    assert {name: service.get("profiles", []) for name, service in SERVICES.items()} == {
        "postgres": [],
        "qdrant": [],
        "huimai": [],
        "vllm": ["gpu"],
    }
    (device,) = VLLM["deploy"]["resources"]["reservations"]["devices"]
    assert (device["driver"], device["capabilities"]) == ("nvidia", ["gpu"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_port_is_bound_on_this_machine_alone(name: str) -> None:
    service = SERVICES[name]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    # who shares this machine's network has no ports to bind; the server itself refuses other addresses than loopback
    assert service.get("ports") or (service["network_mode"] == "host" and "command" not in service)


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_and_watched(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"]
    assert service.get("build") == "." or re.search(r":v?\d[\w.-]+$", service["image"])


def test_vllm_is_started_as_the_card_says() -> None:
    card = CardCatalogue.load().get("qwen3-14b")
    assert tuple(VLLM["command"]) == serve_arguments(card, card.weights[0])
    assert VLLM["ports"] == [f"127.0.0.1:{PORT}:8000"]
    assert any(volume.startswith("huggingface:") for volume in VLLM["volumes"])


def test_volumes_that_are_used_are_declared() -> None:
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|TOKEN|KEY|_URL", name):
                assert "${" in value or not re.search(r"://[^/]*@", value)


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    names = " ".join(copied).split()
    kept = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    assert names
    assert all((ROOT / name).exists() and name in kept for name in names)
