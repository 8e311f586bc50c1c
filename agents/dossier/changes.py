"""What a dossier says otherwise than it did, and why it says a thing: both read off the ledger, with nothing stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.dossier.claims import DossierClaim
from agents.dossier.dossier import Dossier, dossier
from agents.ledger.matters import Matter
from agents.ledger.service import Ledger
from ingestion.errors import BadInputError, NotFoundError


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims that are in one of two dossiers of a project alone, and pairs that tell of the same thing otherwise."""

    before: Dossier
    after: Dossier
    new: tuple[DossierClaim, ...]
    gone: tuple[DossierClaim, ...]
    changed: tuple[tuple[DossierClaim, DossierClaim], ...]

    def to_json(self) -> dict[str, Any]:
        """The changes as a document."""
        return {
            "project": self.after.ledger.project,
            "from": _side(self.before),
            "to": _side(self.after),
            "new": [claim.to_json() for claim in self.new],
            "gone": [claim.to_json() for claim in self.gone],
            "changed": [{"before": before.to_json(), "after": after.to_json()} for before, after in self.changed],
            "left_out": self.after.left_out,
            "coverage": self.after.ledger.coverage.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Trail:
    """A claim of a dossier and the matters that it tells of: each item with its lines, links with their reasons, and
    what people said of them."""

    dossier: Dossier
    claim: DossierClaim
    matters: tuple[Matter, ...]

    def to_json(self) -> dict[str, Any]:
        """The trail as a document."""
        return {
            "project": self.dossier.ledger.project,
            "version": self.dossier.version,
            "claim": self.claim.to_json(),
            "items": [matter.to_json() for matter in self.matters],
        }


def changes(ledger: Ledger, project: str, since: str, at: date | None = None) -> Changes:
    """What the dossier of a project as of a day, or now, says otherwise than as of `since`: a day, or the version of
    the dossier as of the day of one of its meetings. Raises NotFoundError, and BadInputError for anything else."""
    after = dossier(ledger, project, at)
    before = _as_of(ledger, after, since.strip())
    was, now = before.claims, after.claims
    return Changes(
        before,
        after,
        tuple(claim for key, claim in now.items() if key not in was),
        tuple(claim for key, claim in was.items() if key not in now),
        tuple((was[key], claim) for key, claim in now.items() if key in was and was[key].text != claim.text),
    )


def trail(ledger: Ledger, project: str, key: str, at: date | None = None) -> Trail:
    """Why the dossier of a project says what it says under that key. Raises NotFoundError."""
    found = dossier(ledger, project, at)
    claim = found.claims.get(key)
    if claim is None:
        raise NotFoundError(
            f"the dossier of '{project}' has no claim '{key[:80]}'", "`huimai dossier PROJECT --json` has each `key`"
        )
    wanted = set(claim.about)
    told = [
        matter
        for matter in (*found.matters, *found.outline)
        if any(step.item.id in wanted for step in matter.thread.steps)
    ]
    return Trail(found, claim, tuple(told))


def _as_of(ledger: Ledger, now: Dossier, since: str) -> Dossier:
    project, language = now.ledger.project, now.language
    try:
        return dossier(ledger, project, date.fromisoformat(since), language)
    except ValueError:
        pass
    if since == now.version:
        return now
    for day in sorted(set(now.ledger.held), reverse=True):
        if dossier(ledger, project, day).version == since:
            return dossier(ledger, project, day, language)
    raise BadInputError(
        f"'{since[:40]}' is no day, and the dossier of '{project}' has that version as of no day",
        "give a day such as 2026-03-02; what a correction changed has no version any more",
    )


def _side(found: Dossier) -> dict[str, Any]:
    return {"as_of": found.as_of.isoformat() if found.as_of else None, "version": found.version}
