"""What was heard or imported becomes lines, before they are stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ingestion.domain import SpokenLine, TranscriptLine
from ingestion.speakers.attribution import Attributed
from ingestion.text.clean import TextCleaner
from ingestion.text.language import detect_language


def heard_lines(attributed: Sequence[Attributed], labels: Mapping[int, str], cleaner: TextCleaner) -> list[SpokenLine]:
    """What was heard as lines, cleaned; one of which nothing is left is none. `labels` are what the voices are called,
    by number."""
    lines: list[SpokenLine] = []
    for one in attributed:
        segment = one.segment
        cleaned = cleaner.clean(segment.text, segment.language)
        if cleaned.text:
            lines.append(
                SpokenLine(
                    index=len(lines),
                    text=cleaned.text,
                    raw_text=segment.text,
                    speaker=None if one.speaker is None else labels.get(one.speaker),
                    start=segment.start,
                    end=segment.end,
                    language=segment.language,
                    confidence=segment.confidence,
                    words=segment.words,
                    corrections=cleaned.corrections,
                    voice=one.speaker,
                    sure=one.sure,
                )
            )
    return lines


def read_lines(source: Sequence[TranscriptLine], cleaner: TextCleaner) -> list[SpokenLine]:
    """What was imported as lines, cleaned. They keep their own indices, so an empty one stays in its place."""
    lines: list[SpokenLine] = []
    for index, line in enumerate(source):
        language = detect_language(line.text)
        cleaned = cleaner.clean(line.text, language)
        lines.append(
            SpokenLine(
                index=index,
                text=cleaned.text,
                raw_text=line.text,
                speaker=line.speaker,
                start=line.start,
                end=line.end,
                language=language,
                corrections=cleaned.corrections,
            )
        )
    return lines


def main_language(lines: Sequence[SpokenLine]) -> str:
    """The language in which most is said, `und` where nothing is."""
    weight: Counter[str] = Counter()
    for line in lines:
        weight[line.language] += len(line.text)
    return weight.most_common(1)[0][0] if weight else "und"
