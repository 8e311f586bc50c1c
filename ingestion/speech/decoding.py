"""How faster-whisper is asked to decode: one setting for the product and for benchmarks against it."""

from __future__ import annotations

from typing import Any

DECODING: dict[str, Any] = {
    "beam_size": 5,
    "best_of": 2,
    "temperature": (0.0, 0.4, 0.8),
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
    "condition_on_previous_text": False,
    "word_timestamps": True,
}
"""Keyword arguments of `faster_whisper.WhisperModel.transcribe`.

Text of an earlier window is never a prompt: one loop would spread. Two retries at a higher temperature bound the
time that a window of noise can take.
"""

COMPUTE_TYPE = {"cpu": "int8", "cuda": "float16"}
"""Numbers the model computes with, by device."""

STYLE_PROMPTS = {
    "zh": "以下是普通话的会议记录。",
}
"""A sentence in the language that makes Whisper write punctuation, and for Chinese the Simplified script."""

HOTWORD_TOKENS = 96
"""Longest list of hotwords handed to the model; more of them crowd out what is heard."""
