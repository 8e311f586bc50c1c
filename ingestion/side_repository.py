"""All SQL over the sides that speakers are on. Nothing here commits: the caller's session does."""

from __future__ import annotations

from sqlmodel import Session, col, select

from ingestion.domain import Side
from ingestion.errors import NotFoundError
from ingestion.tables import Meeting, SpeakerSide, Utterance


class SideRepository:
    """Who of a project's speakers is a customer and who of the team, by the names that transcripts call them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def sides(self, project_id: str) -> dict[str, Side]:
        """The side of everybody of whom it is known."""
        wanted = select(SpeakerSide).where(SpeakerSide.project_id == project_id).order_by(col(SpeakerSide.name))
        return {row.name: Side(row.side) for row in self.session.exec(wanted)}

    def speakers(self, project_id: str) -> list[str]:
        """The names of all who speak in a project's meetings."""
        spoken = (
            select(Utterance.speaker)
            .join(Meeting, col(Meeting.id) == col(Utterance.meeting_id))
            .where(Meeting.project_id == project_id, col(Utterance.speaker).is_not(None))
            .distinct()
        )
        return sorted(name for name in self.session.exec(spoken) if name)

    def require_speaker(self, project_id: str, name: str) -> None:
        """Raises NotFoundError for a name that nobody has who speaks there."""
        if name not in (known := self.speakers(project_id)):
            raise NotFoundError(
                f"nobody called '{name}' speaks there", f"speakers: {', '.join(known[:8]) or 'none yet'}"
            )

    def put(self, project_id: str, name: str, side: Side | None) -> None:
        """Say on which side somebody is, or with null that it is not known. Raises NotFoundError for a name that nobody
        has who speaks there."""
        row = self.session.get(SpeakerSide, (project_id, name))
        if row is None:
            self.require_speaker(project_id, name)
        if row is not None and side is None:
            self.session.delete(row)
        elif side is not None:
            self.session.merge(SpeakerSide(project_id=project_id, name=name, side=side.value))
        self.session.flush()

    def rename(self, project_id: str, old: str, new: str) -> None:
        """Let the side of somebody follow to another name, unless one is known of that name."""
        row = self.session.get(SpeakerSide, (project_id, old))
        if row is None or old == new:
            return
        if self.session.get(SpeakerSide, (project_id, new)) is None:
            self.session.add(SpeakerSide(project_id=project_id, name=new, side=row.side))
        self.session.delete(row)
        self.session.flush()
