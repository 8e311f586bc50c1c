"""What `huimai doctor` says of chat models: whether each tier's server does what the tier counts on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.cli.check import Check, worst
from server.cli.messages import say
from server.cli.server_checks import Place, Windows, key_of, look_at

if TYPE_CHECKING:
    import httpx

    from agents.llm.domain import Tier
    from agents.settings import ServerSettings
    from server.settings import Settings

_ANSWER_SECONDS = 60.0
"""How long a tiny answer may take; on a CPU it takes its time."""


def served_check(settings: Settings, tier: Tier, *, deep: bool) -> Check:
    """Whether a tier's server answers, knows the model, and has the window that the tier counts on.

    A server of the house is also asked for two tiny answers, which show whether thoughts come apart from them and
    whether a schema binds them; one outside only with `deep`, since there they cost.
    """
    from agents.llm.tiers import servers
    from ingestion.outbound import Outbound, about

    server, outbound = servers(settings.agents)[tier.server or ""], Outbound(settings.offline)
    look = _Look(tier, server, named=bool(settings.agents.tiers))
    place = look.place()
    answers, models = look_at(place, outbound)
    found = [answers]
    if answers.status == "ok":
        found.append(look.served(models))
        if found[-1].status == "ok" and (deep or not tier.remote):
            # nothing of any meeting is sent
            with about(private=False), place.client(outbound) as client:
                found += look.answers(client)
    return Check(
        look.name,
        worst(check.status for check in found),
        "; ".join(check.text for check in found),
        "; ".join(check.hint for check in found if check.hint),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a tier's server. `named` says that the settings have tiers, not the single chat server."""

    tier: Tier
    server: ServerSettings
    named: bool

    @property
    def name(self) -> str:
        return f"tier {self.tier.name}" if self.named else "chat"

    def place(self) -> Place:
        """The tier's server."""
        hints = self._silent_hint(), self._refused_hint()
        return Place(self.name, self.server.base_url, key_of(self.server.api_key), self.tier.remote, *hints)

    def served(self, models: Windows) -> Check:
        """What the list of models says of the tier's."""
        if not models:
            return self._ok(say("models_unlisted"))
        if self.tier.model not in models:
            names = ", ".join(list(models)[:3])
            text = say("model_unserved", model=self.tier.model, names=names)
            return self._warn(text, say("model_unserved_hint", model=self.tier.model))
        return self._window(models[self.tier.model])

    def answers(self, client: httpx.Client) -> list[Check]:
        """What two tiny answers show, as far as the tier counts on it."""
        from agents.llm.servers.probes import Seen, probe_schema, probe_thinking

        model, silent = self.tier.model, self._warn(say("probe_silent", model=self.tier.model), "")
        found: list[Check] = []
        if self.tier.thinking:
            apart, inside = self._ok(say("thinks_apart")), self._warn(say("thinks_inside"), self._parser_hint())
            seen = probe_thinking(client, self.server, model, seconds=_ANSWER_SECONDS)
            found.append({Seen.YES: apart, Seen.NO: inside, Seen.SILENT: silent}[seen])
            if seen is Seen.SILENT:  # a second question would only wait as long again
                return found
        # whoever cannot but think would think for long before a bound answer
        if self.tier.card.thinking != "always":
            binds, ignored = self._ok(say("schema_binds")), self._warn(say("schema_ignored"), self._schema_hint())
            seen = probe_schema(client, self.server, self.tier, seconds=_ANSWER_SECONDS)
            found.append({Seen.YES: binds, Seen.NO: ignored, Seen.SILENT: silent}[seen])
        return found

    def _window(self, served: int | None) -> Check:
        wanted = self.tier.context_tokens
        if served is None:
            return self._ok(say("model_served", model=self.tier.model))
        text = say("window_served", model=self.tier.model, tokens=served)
        if served >= wanted:
            return self._ok(text)
        hint = say("window_narrow_hint", wanted=wanted, setting=self._setting("context_tokens"), served=served)
        return self._warn(f"{text}, {say('window_narrow', wanted=wanted)}", hint)

    def _ok(self, text: str) -> Check:
        return Check(self.name, "ok", text)

    def _warn(self, text: str, hint: str) -> Check:
        return Check(self.name, "warn", text, hint)

    def _setting(self, name: str) -> str:
        return f"agents.tiers.{self.tier.name}.{name}" if self.named else f"HUIMAI_AGENTS__CHAT_{name.upper()}"

    def _silent_hint(self) -> str:
        return say("tier_silent_hint", server=self.tier.server) if self.named else say("chat_silent_hint")

    def _refused_hint(self) -> str:
        return say("tier_refused_hint", server=self.tier.server) if self.named else say("chat_refused_hint")

    def _parser_hint(self) -> str:
        hints = {"vllm": say("parser_hint_vllm"), "llama.cpp": say("parser_hint_llama")}
        return hints.get(self.server.kind, say("parser_hint"))

    def _schema_hint(self) -> str:
        return say("schema_hint_vllm") if self.server.kind == "vllm" else say("schema_hint")
