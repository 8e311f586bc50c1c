"""What Whisper hears at once: stretches of speech packed into windows, and the way back to the recording's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingestion.domain import Span, Word
from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples

WINDOW_SECONDS = 29.5
"""Whisper hears 30 s; the rest is room for rounding."""

_MARGIN_SECONDS = 0.2
"""Sound kept around a stretch of speech; longer silences are left out of the window."""


@dataclass(frozen=True, slots=True)
class Window:
    """Stretches of one recording, in order, that are heard one after the other."""

    parts: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        """How long the window sounds."""
        return sum(part.end - part.start for part in self.parts)

    def samples(self, recording: Samples) -> Samples:
        """The sound of the window, 16 kHz."""
        return np.concatenate(
            [recording[round(part.start * SAMPLE_RATE) : round(part.end * SAMPLE_RATE)] for part in self.parts]
        )

    def halves(self) -> tuple[Window, Window] | None:
        """The window cut in two at its longest pause near the middle; None when it has no pause."""
        if len(self.parts) < 2:
            return None
        heard = 0.0
        best = (float("-inf"), 1)
        for index in range(1, len(self.parts)):
            before, after = self.parts[index - 1], self.parts[index]
            heard += before.end - before.start
            off_centre = abs(heard / self.seconds - 0.5)
            best = max(best, (min(after.start - before.end, 1.0) - 2 * off_centre, index))
        return Window(self.parts[: best[1]]), Window(self.parts[best[1] :])

    def after(self, time: float) -> Window:
        """What of the window lies after that time of the recording; it may have no parts."""
        return Window(tuple(Span(max(part.start, time), part.end) for part in self.parts if part.end > time))

    def in_recording(self, span: Span) -> Span:
        """A span of the window in the recording's time; silence that was left out inside it belongs to it again."""
        return Span(self._moment(span.start, begins=True), self._moment(span.end, begins=False))

    def word_in_recording(self, word: Word) -> Word:
        """The same word with its times counted in the recording instead of the window."""
        middle = (word.start + word.end) / 2
        heard = 0.0
        for part in self.parts:
            length = part.end - part.start
            if middle < heard + length or part is self.parts[-1]:
                shift = part.start - heard
                start = min(max(word.start + shift, part.start), part.end)
                return Word(word.text, start, min(max(word.end + shift, start), part.end), word.probability)
            heard += length
        raise ValueError("a window has at least one part")

    def _moment(self, time: float, *, begins: bool) -> float:
        """Where a moment of the window lies; between two parts it begins the later one, or ends the earlier one."""
        heard = 0.0
        for part in self.parts:
            length = part.end - part.start
            if time < heard + length or (time == heard + length and not begins):
                return max(part.start, part.start + time - heard)
            heard += length
        return self.parts[-1].end


def pack_windows(speech: Sequence[Span], duration: float) -> list[Window]:
    """Stretches of speech (each shorter than a window) packed in order into as few windows as they fill."""
    windows: list[list[Span]] = []
    filled = 0.0
    for part in _with_margins(speech, duration):
        length = part.end - part.start
        if windows and filled + length <= WINDOW_SECONDS:
            windows[-1].append(part)
            filled += length
        else:
            windows.append([part])
            filled = length
    return [Window(tuple(parts)) for parts in windows]


def _with_margins(speech: Sequence[Span], duration: float) -> list[Span]:
    parts: list[Span] = []
    for index, span in enumerate(speech):
        left = (speech[index - 1].end + span.start) / 2 if index else 0.0
        right = (span.end + speech[index + 1].start) / 2 if index + 1 < len(speech) else duration
        parts.append(Span(max(span.start - _MARGIN_SECONDS, left), min(span.end + _MARGIN_SECONDS, right)))
    return parts
