"""What `huimai doctor` asks of every model server: whether it answers, takes the key, and which models it lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from server.cli.check import Check
from server.cli.messages import say

if TYPE_CHECKING:
    import httpx
    from pydantic import SecretStr

    from ingestion.outbound import Outbound

LIST_SECONDS = 5.0
"""How long a server may take to list its models."""

Windows = Mapping[str, int | None]
"""Models by name, with the tokens that each reads where the list says so."""


@dataclass(frozen=True, slots=True)
class Place:
    """A server as the settings have it: the name of its check, and what to do where it is silent or refuses the key."""

    name: str
    url: str
    key: str
    remote: bool
    silent_hint: str
    refused_hint: str

    def client(self, outbound: Outbound) -> httpx.Client:
        """A client that tells the server the key."""
        import httpx

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        timeout = httpx.Timeout(LIST_SECONDS)
        return outbound.client(self.url, remote=self.remote, headers=headers, timeout=timeout)


def look_at(place: Place, outbound: Outbound) -> tuple[Check, Windows]:
    """Whether the server answers and takes the key, and the models that it lists; none where it lists none."""
    import httpx

    from ingestion.http_calls import is_sendable
    from ingestion.outbound import PrivacyError, about

    if not is_sendable(place.key):
        return Check(place.name, "warn", say("key_unusable", url=place.url), place.refused_hint), {}
    try:
        # nothing of any meeting is sent
        with about(private=False), place.client(outbound) as client:
            answer = client.get(f"{place.url}/models")
    except PrivacyError as error:
        return Check(place.name, "warn", error.message, error.hint), {}
    except httpx.HTTPError as error:
        return _silent(place, type(error).__name__), {}
    if answer.status_code in (401, 403):
        return Check(place.name, "warn", say("server_refused", url=place.url), place.refused_hint), {}
    if answer.is_server_error:
        return _silent(place, f"HTTP {answer.status_code}"), {}
    if "html" in answer.headers.get("content-type", ""):
        return Check(place.name, "warn", say("server_web_page", url=place.url), place.silent_hint), {}
    return Check(place.name, "ok", say("server_answers", url=place.url)), _listed(answer)


def key_of(secret: SecretStr | None) -> str:
    """An API key as it is sent, empty where there is none."""
    return secret.get_secret_value() if secret else ""


def _silent(place: Place, error: str) -> Check:
    return Check(place.name, "warn", say("server_silent", url=place.url, error=error), place.silent_hint)


def _listed(answer: httpx.Response) -> Windows:
    try:
        models = cast("list[dict[str, Any]]", answer.json()["data"])
        return {str(model["id"]): _whole(model.get("max_model_len")) for model in models}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _whole(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None
