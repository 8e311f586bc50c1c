"""The checks of `huimai doctor`. Each looks without loading a model and without changing what is stored."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from ingestion.addresses import is_outside
from ingestion.errors import ConflictError, HuimaiError, MissingExtraError
from ingestion.storage import storage_full
from server.cli.check import Check
from server.cli.environment import load_settings
from server.cli.messages import say
from server.cli.privacy_checks import privacy_check
from server.cli.render import size
from server.cli.server_checks import Place, key_of, look_at

if TYPE_CHECKING:
    from ingestion.models.store import ModelStore
    from server.home import Home
    from server.settings import Settings

_ENOUGH_FREE = 5 * 1024**3
_LEAST_FREE = 200 * 1024**2
_ANSWER_SECONDS = 5.0


def all_checks(*, deep: bool = False) -> list[Check]:
    """Every check, in the order in which a problem should be solved. `deep` also asks servers outside the house for
    tiny answers."""
    from server.home import Home

    found = [_python(), _packages(), _machine()]
    try:
        settings = load_settings()
    except HuimaiError as error:
        return [*found, Check("settings", "fail", error.message, error.hint)]
    home = Home(settings.home)
    found += [Check("settings", "ok", say("settings_valid")), privacy_check(settings), _disk(home)]
    found += _models(settings, deep=deep)
    found += [_reranker(settings), *_chat(settings, deep=deep), _audio()]
    return found + _stores(settings, home)


def _python() -> Check:
    system, machine = platform.system(), platform.machine()
    return Check("python", "ok", say("python_here", version=platform.python_version(), system=system, machine=machine))


def _packages() -> Check:
    try:
        own, needed = version("huimai"), requires("huimai") or []
    except PackageNotFoundError:
        return Check("packages", "warn", say("packages_from_source"), "pip install -e .")
    names = [match.group() for line in needed if "extra ==" not in line and (match := re.match(r"[\w.-]+", line))]
    missing = [name for name in names if not _installed(name)]
    if missing:
        return Check(
            "packages", "fail", say("packages_missing", names=", ".join(missing)), "pip install --upgrade huimai"
        )
    return Check("packages", "ok", say("packages_here", version=own, count=len(names)))


def _installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _machine() -> Check:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    text = say("machine_here", cores=cores, memory=size(memory), gpu=_gpu())
    if memory < 4 * 1024**3:
        return Check("machine", "warn", text, say("machine_small"))
    return Check("machine", "ok", text)


def _gpu() -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return say("gpu_none")
    try:
        asked = [program, "--query-gpu=name,memory.total", "--format=csv,noheader"]
        found = subprocess.run(asked, capture_output=True, text=True, timeout=_ANSWER_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return say("gpu_silent")
    names = found.stdout.strip().splitlines()
    return say("gpu_here", name=names[0]) if names else say("gpu_none")


def _disk(home: Home) -> Check:
    existing = next(path for path in (home.folder, *home.folder.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return Check("home", "fail", say("home_locked", folder=home.folder), say("home_locked_hint"))
    free = shutil.disk_usage(existing).free
    text = say("home_free", folder=home.folder, free=size(free))
    if free < _LEAST_FREE:
        return Check("home", "fail", text, say("home_full_hint"))
    if free < _ENOUGH_FREE:
        return Check("home", "warn", text, say("home_tight_hint"))
    return Check("home", "ok", text)


def _models(settings: Settings, *, deep: bool) -> list[Check]:
    from server.catalogue import open_models

    try:
        store = open_models(settings)
    except HuimaiError as error:
        return [Check("models", "fail", error.message, error.hint)]
    speakers = settings.ingestion.speaker_model if settings.ingestion.diarizer == "local" else None
    second = settings.ingestion.second_speech_model
    return [
        _recogniser(settings, store),
        *([_model(store, "second", second)] if second else []),
        *([_model(store, "speakers", speakers)] if speakers else []),
        _embedding(settings, store, deep=deep),
    ]


def _embedding(settings: Settings, store: ModelStore, *, deep: bool) -> Check:
    from ingestion.outbound import Outbound
    from server.cli.embedding_checks import embedding_check

    if not settings.ingestion.embedding_base_url:
        return _model(store, "embedding", settings.ingestion.embedding_model)
    return embedding_check(settings.ingestion, store.catalogue, Outbound(settings.offline), deep=deep)


def _recogniser(settings: Settings, store: ModelStore) -> Check:
    """The recogniser of meetings in any language; its text also names those that languages have of their own."""
    from ingestion.speech.choice import Why, choose_recogniser, own_languages

    if settings.ingestion.speech_base_url:
        return _speech_server(settings)
    try:
        usual = choose_recogniser(settings.ingestion, store)
        own = {code: choose_recogniser(settings.ingestion, store, code) for code in own_languages(store)}
    except HuimaiError as error:
        return Check("speech", "fail", error.message, error.hint)
    check = _model(store, "speech", usual.name)
    if usual.why is Why.NAMED:
        return check
    because = {
        Why.GPU: say("chosen_gpu"),
        Why.CPU: say("chosen_cpu"),
        Why.NONE_HERE: say("chosen_none_here"),
    }[usual.why]
    chosen = [(code, choice.name) for code, choice in own.items() if choice.why is Why.LANGUAGE]
    others = [say("chosen_language", language=code, model=model) for code, model in chosen]
    return replace(check, text="; ".join([f"{check.text} ({because})", *others]))


def _speech_server(settings: Settings) -> Check:
    from ingestion.outbound import Outbound
    from ingestion.speech.servers.factory import is_remote_server

    ours, remote = settings.ingestion, is_remote_server(settings.ingestion)
    url = ours.speech_base_url or ""
    if remote and settings.offline:
        return Check("speech", "warn", say("speech_offline", url=url), say("speech_offline_hint"))
    hints = say("speech_silent_hint"), say("speech_refused_hint")
    place = Place("speech", url, key_of(ours.speech_api_key), remote, *hints)
    check, _ = look_at(place, Outbound(settings.offline))
    about = say("speech_remote") if remote else say("speech_own")
    chosen = say("speech_served", model=ours.speech_model, protocol=ours.speech_protocol, about=about)
    return replace(check, text=f"{check.text}; {chosen}")


def _model(
    store: ModelStore, name: Literal["speech", "second", "speakers", "embedding", "reranker", "chat"], model: str
) -> Check:
    from ingestion.models.store import ModelState

    pull = f"huimai models pull {model}"
    try:
        status = store.status(model)
    except HuimaiError as error:
        return Check(name, "fail", error.message, error.hint)
    if status.state is ModelState.PRESENT:
        return Check(name, "ok", say("model_here", model=model, size=size(status.bytes_on_disk)))
    if status.state is ModelState.DAMAGED:
        return Check(name, "fail", say("model_damaged", model=model, problem=status.problem), pull)
    wanted = size(store.catalogue.get(model).size)
    text = say("model_missing", model=model, size=wanted, without=say(f"without_{name}"))
    return Check(name, "warn", text, pull)


def _chat(settings: Settings, *, deep: bool) -> list[Check]:
    """One check for each tier."""
    from agents.llm.tiers import tiers
    from ingestion.models.card import ModelTask
    from server.catalogue import open_cards, open_models
    from server.cli.chat_checks import served_check

    agents = settings.agents
    if not agents.tiers and agents.chat_provider == "openai" and not agents.chat_base_url:
        return [Check("chat", "fail", say("chat_no_address"), say("chat_no_address_hint"))]
    try:
        store = open_models(settings)
        found = tiers(agents, open_cards(settings), [card.name for card in store.catalogue.of(ModelTask.CHAT)])
    except HuimaiError as error:
        return [Check("chat", "fail", error.message, error.hint)]
    if not found:
        return [Check("chat", "ok", say("chat_off"))]
    return [
        served_check(settings, tier, deep=deep)
        if tier.server
        else replace(_embedded(store, tier.model), name=f"tier {tier.name}" if agents.tiers else "chat")
        for tier in found
    ]


def _embedded(store: ModelStore, model: str) -> Check:
    if find_spec("xllamacpp") is None:
        return Check("chat", "warn", say("chat_no_engine"), say("chat_no_engine_hint"))
    return _model(store, "chat", model)


def _reranker(settings: Settings) -> Check:
    retrieval = settings.retrieval
    if retrieval.reranker is None:
        return Check("reranker", "ok", say("reranker_off"))
    if retrieval.reranker_base_url:
        from ingestion.outbound import Outbound

        url, key = retrieval.reranker_base_url, key_of(retrieval.reranker_api_key)
        hints = say("reranker_silent_hint"), say("reranker_refused_hint")
        place = Place("reranker", url, key, is_outside(url, retrieval.reranker_remote), *hints)
        return look_at(place, Outbound(settings.offline))[0]
    if find_spec("sentence_transformers") is None:
        return Check("reranker", "warn", say("reranker_no_engine"), 'pip install "huimai[torch]"')
    from server.catalogue import open_models

    return _model(open_models(settings), "reranker", retrieval.reranker)


def _audio() -> Check:
    if not _installed("av"):
        return Check("audio", "fail", say("audio_missing"), "pip install av")
    return Check("audio", "ok", say("audio_here", version=version("av")))


def _stores(settings: Settings, home: Home) -> list[Check]:
    """The owner, and what only the owner may open."""
    if not home.folder.is_dir():
        return [Check("owner", "ok", say("owner_later"))]
    try:
        home.own()
    except ConflictError as error:
        owner = home.owner()
        if owner is not None and owner.url:
            return [Check("owner", "ok", say("owner_server", url=owner.url))]
        return [Check("owner", "warn", error.message, error.hint)]
    try:
        return [
            Check("owner", "ok", say("owner_free")),
            _attempt("database", lambda: _database(settings, home)),
            _attempt("vectors", lambda: _vectors(settings, home)),
        ]
    finally:
        home.disown()


def _attempt(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except MissingExtraError as error:
        return Check(name, "fail", error.message, error.hint)
    except HuimaiError as error:
        return Check(name, "warn", error.message, error.hint)
    except Exception as error:
        full = storage_full(error)
        if full is not None:
            return Check(name, "fail", full.message, full.hint)
        return Check(name, "fail", f"{type(error).__name__}: {error}".splitlines()[0], say("store_broken_hint"))


def _database(settings: Settings, home: Home) -> Check:
    from ingestion.database import Database
    from server.migrations import current_revision, newest_revision

    if settings.database_url is None and not home.database.exists():
        return Check("database", "ok", say("database_later"))
    database = Database(settings.database_url or f"sqlite:///{home.database}")
    try:
        current, newest = current_revision(database), newest_revision()
    finally:
        database.close()
    if current is not None and current > newest:
        return Check("database", "fail", say("database_newer", current=current), say("database_newer_hint"))
    if current == newest:
        return Check("database", "ok", say("database_here", current=current))
    return Check("database", "ok", say("database_older", current=current or "-", newest=newest))


def _vectors(settings: Settings, home: Home) -> Check:
    from ingestion.domain import SearchFilter
    from ingestion.vectors.factory import open_store
    from server.catalogue import open_models
    from server.services import open_configured_embedder

    if settings.vector_store == "edge" and not home.vectors.exists():
        return Check("vectors", "ok", say("vectors_later"))
    embedder = open_configured_embedder(settings, open_models(settings))
    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    store = open_store(
        settings.vector_store,
        folder=home.vectors,
        dimensions=embedder.dimensions,
        model_id=embedder.model_id,
        url=settings.qdrant_url,
        api_key=key,
    )
    try:
        return Check(
            "vectors", "ok", say("vectors_here", store=settings.vector_store, count=store.count(SearchFilter()))
        )
    finally:
        store.close()
