"""What `huimai doctor` says of where things go: the servers that may be told something, and where all is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingestion.addresses import is_outside, is_remote_host
from server.cli.check import Check
from server.cli.messages import say

if TYPE_CHECKING:
    from server.settings import Settings


def privacy_check(settings: Settings) -> Check:
    """Which servers outside the user's control may be told what is not private, and which stores are elsewhere."""
    servers, stores = ", ".join(_servers(settings)), ", ".join(_stores(settings))
    if settings.offline:
        said = [say("privacy_offline"), *([say("privacy_unused", servers=servers)] if servers else [])]
    else:
        said = [say("privacy_servers", servers=servers) if servers else say("privacy_here")]
    if not stores:
        return Check("privacy", "ok", "; ".join(said))
    text = "; ".join([*said, say("privacy_stores", stores=stores)])
    return Check("privacy", "warn" if settings.offline else "ok", text, say("privacy_stores_hint"))


def _servers(settings: Settings) -> list[str]:
    """The hosts of servers outside the user's control, each once."""
    from agents.llm.tiers import servers

    heard, found = settings.ingestion, settings.retrieval
    known = [
        (heard.speech_base_url, heard.speech_remote),
        (heard.embedding_base_url, heard.embedding_remote),
        (found.reranker_base_url, found.reranker_remote),
        *((server.base_url, server.remote) for server in servers(settings.agents).values()),
    ]
    outside = [url for url, told in known if url and is_outside(url, told)]
    return list(dict.fromkeys(urlsplit(url).netloc for url in outside))


def _stores(settings: Settings) -> list[str]:
    """The hosts of databases on other machines, each once."""
    vectors = settings.qdrant_url if settings.vector_store == "qdrant" else None
    urls = (settings.database_url, settings.jobs_database_url, vectors)
    hosts = [urlsplit(url).hostname or "" for url in urls if url]
    return list(dict.fromkeys(host for host in hosts if host and is_remote_host(host)))
