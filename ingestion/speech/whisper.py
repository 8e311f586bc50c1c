"""Speech to text with faster-whisper: windows packed with speech, one language a window, sentence-sized segments."""

from __future__ import annotations

import os
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from ingestion.domain import Progress, Span, SpokenSegment, Word
from ingestion.errors import BadInputError
from ingestion.media.decode import SAMPLE_RATE
from ingestion.memory import give_back_memory
from ingestion.ports import Samples
from ingestion.speech.batches import decoding_together
from ingestion.speech.decoding import COMPUTE_TYPE, DECODING, HOTWORD_TOKENS, STYLE_PROMPTS
from ingestion.speech.doubt import doubtful_passages, is_better
from ingestion.speech.languages import Hearing, is_mixed, language_of, spoken_languages, surely_another
from ingestion.speech.rehearing import MARGIN_SECONDS, Reheard, laid_over, within
from ingestion.speech.sentences import sentences
from ingestion.speech.vad import detect_speech
from ingestion.speech.windows import WINDOW_SECONDS, Window, pack_windows

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer
    from faster_whisper.transcribe import TranscriptionOptions

Device = Literal["auto", "cpu", "cuda"]

_SILENCE_IN_WINDOW_SECONDS = 0.3

_UNHEARD_SECONDS = 4.0
"""So much speech after the last recognised word was missed rather than silent."""

_TAIL_SECONDS = 0.6
"""A shorter rest of a window holds no word; asked about it, Whisper loops."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A window with its features, the encoder's output for them, and the languages in it."""

    window: Window
    features: Any
    encoded: Any
    hearing: Hearing


class FasterWhisperTranscriber:
    """A Transcriber on faster-whisper. The model is loaded at the first call, once, and shared by all threads."""

    def __init__(
        self,
        model_folder: Callable[[], Path],
        model_id: str,
        device: Device = "auto",
        threads: int = 0,
        familiar: Collection[str] = (),
    ) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores.
        `familiar` are the languages to expect (ISO 639-1): what is heard unclearly is taken for one of them."""
        self._model_folder = model_folder
        self._model_id = model_id
        self._device: Device = device
        self._threads = threads or os.cpu_count() or 1
        self._familiar = frozenset(familiar)
        self._lock = threading.Lock()
        self._model: WhisperModel | None = None

    @property
    def model_id(self) -> str:
        """Name of the model in the catalogue."""
        return self._model_id

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """Recognise one piece of audio (minutes). Times count from the start of `samples`.

        `language` is an ISO 639-1 code, or None to detect it in every window. Raises ModelMissingError.
        """
        speech = detect_speech(samples, min_silence=_SILENCE_IN_WINDOW_SECONDS, max_speech=WINDOW_SECONDS - 1)
        windows = pack_windows(speech, samples.size / SAMPLE_RATE)
        if not windows:
            return []
        with self._lock:
            model = self._loaded()
            language = _spoken(model, language)
            if language is not None:
                return _transcribe(model, samples, windows, language, frozenset(), hotwords, progress)
            segments = _transcribe(model, samples, windows, None, self._familiar, hotwords, progress)
            return _mend_languages(model, samples, segments, self._familiar, hotwords)

    def unload(self) -> None:
        """Free the model's memory once no call is running; the next call loads it again."""
        with self._lock:
            self._model = None
        give_back_memory()

    def _loaded(self) -> WhisperModel:
        if self._model is None:
            self._model = load_model(self._model_folder(), self._device, self._threads)
        return self._model


def load_model(folder: Path, device: Device, threads: int) -> WhisperModel:
    """Load a converted Whisper model; `auto` takes a GPU when the model really runs on it, else the CPU."""
    import ctranslate2
    from faster_whisper import WhisperModel

    # a window that is decoded again at a higher temperature is sampled: the same recording shall give the same words
    ctranslate2.set_random_seed(0)

    def load(place: str) -> WhisperModel:
        return WhisperModel(
            str(folder), device=place, compute_type=COMPUTE_TYPE[place], cpu_threads=threads, local_files_only=True
        )

    if device != "auto":
        return load(device)
    if ctranslate2.get_cuda_device_count() > 0:
        try:
            model = load("cuda")
            model.encode(np.zeros((model.feature_extractor.mel_filters.shape[0], 3000), dtype=np.float32))
        except RuntimeError:
            # a driver without the CUDA libraries that ctranslate2 needs fails here or at the first run
            return load("cpu")
        return model
    return load("cpu")


def _transcribe(
    model: WhisperModel,
    samples: Samples,
    windows: Sequence[Window],
    language: str | None,
    familiar: frozenset[str],
    hotwords: Sequence[str],
    progress: Progress | None,
) -> list[SpokenSegment]:
    pending = deque(part for window in windows for part in _hear(model, samples, window, language))
    spoken = spoken_languages([part.hearing for part in pending], familiar)
    alike: defaultdict[str, list[Any]] = defaultdict(list)
    for part in pending:
        alike[language_of(part.hearing, spoken)].append(part.encoded)
    together = decoding_together(model, alike.values())
    end = windows[-1].parts[-1].end
    segments: list[SpokenSegment] = []
    while pending:
        part = pending.popleft()
        code = language_of(part.hearing, spoken)
        runs = _recognise(together, part, code, hotwords)
        segments.extend(sentences(runs, code))
        done = part.window.parts[-1].end
        rest = part.window.after(max((run[-1].end for run in runs if run), default=done))
        if rest.seconds > _UNHEARD_SECONDS:
            # Whisper at times stops early and calls the rest of its window silence
            pending.extendleft(reversed(_hear(model, samples, rest, language)))
            done = rest.parts[0].start
        if progress is not None:
            progress(done / end)
    return segments


def _mend_languages(
    model: WhisperModel,
    samples: Samples,
    segments: Sequence[SpokenSegment],
    familiar: frozenset[str],
    hotwords: Sequence[str],
) -> list[SpokenSegment]:
    """The segments, where doubtful ones that are surely in another language than their window were heard in it."""
    known = familiar.union(segment.language for segment in segments)
    mended: list[Reheard] = []
    for passage in doubtful_passages(segments):
        before = within(segments, passage)
        margins = Span(max(0.0, passage.start - MARGIN_SECONDS / 2), passage.end + MARGIN_SECONDS / 2)
        (heard,) = _hear(model, samples, Window((margins,)), None)
        code = surely_another(heard.hearing, before[0].language, known)
        if code is None:
            continue
        again = within(sentences(_recognise(model, heard, code, hotwords), code), passage)
        if is_better(again, before):
            mended.append(Reheard(passage, tuple(again)))
    return laid_over(segments, mended)


def _is_multilingual(model: WhisperModel) -> bool:
    return cast(Any, model.model).is_multilingual


def _spoken(model: WhisperModel, language: str | None) -> str | None:
    """The language that the model can be told: None to detect it, `en` for a model that knows only English."""
    if not _is_multilingual(model):
        return "en"
    if language is not None and language not in model.supported_languages:
        raise BadInputError(
            f"the speech model does not know the language '{language}'", "Use a code such as zh or en, or auto."
        )
    return language


def _hear(model: WhisperModel, samples: Samples, window: Window, language: str | None) -> list[_Heard]:
    """Encode a window and find its language; a window in which two languages are spoken is cut and heard again."""
    from faster_whisper import audio

    features: Any = model.feature_extractor(window.samples(samples))
    encoded: Any = cast(Any, model).encode(cast(Any, audio).pad_or_trim(features))
    if language is not None:
        return [_Heard(window, features, encoded, Hearing({language: 1.0}, window.seconds))]
    found: list[tuple[str, float]] = cast(Any, model.model).detect_language(encoded)[0]
    hearing = Hearing({token[2:-2]: probability for token, probability in found}, window.seconds)
    halves = window.halves() if is_mixed(hearing) else None
    if halves is None:
        return [_Heard(window, features, encoded, hearing)]
    return [part for half in halves for part in _hear(model, samples, half, None)]


def _recognise(model: WhisperModel, heard: _Heard, language: str, hotwords: Sequence[str]) -> list[list[Word]]:
    """The words of a window, one list for each segment of the recogniser, in the recording's time."""
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(model.hf_tokenizer, _is_multilingual(model), task="transcribe", language=language)
    options = _options(tokenizer, _prompt(tokenizer, language, hotwords))
    runs: list[list[Word]] = []
    for segment in model.generate_segments(heard.features, tokenizer, options, False, heard.encoded):
        words = (
            Word(word.word, float(word.start), float(word.end), float(word.probability)) for word in segment.words or ()
        )
        runs.append([heard.window.word_in_recording(word) for word in words])
        if segment.end > heard.window.seconds - _TAIL_SECONDS:
            break
    return runs


def _prompt(tokenizer: Tokenizer, language: str, hotwords: Sequence[str]) -> str | None:
    """Terms to expect, as many as fit, then the style prompt, which acts most strongly when it comes last."""
    terms = ""
    for word in hotwords:
        longer = f"{terms}, {word}" if terms else word
        if len(tokenizer.encode(longer)) > HOTWORD_TOKENS:
            break
        terms = longer
    style = STYLE_PROMPTS.get(language, "")
    return f"{terms}. {style}".strip() if terms else style or None


def _options(tokenizer: Tokenizer, prompt: str | None) -> TranscriptionOptions:
    from faster_whisper.transcribe import TranscriptionOptions, get_suppressed_tokens

    return TranscriptionOptions(
        beam_size=DECODING["beam_size"],
        best_of=DECODING["best_of"],
        patience=1.0,
        length_penalty=1.0,
        repetition_penalty=1.0,
        no_repeat_ngram_size=0,
        log_prob_threshold=DECODING["log_prob_threshold"],
        no_speech_threshold=DECODING["no_speech_threshold"],
        compression_ratio_threshold=DECODING["compression_ratio_threshold"],
        condition_on_previous_text=DECODING["condition_on_previous_text"],
        prompt_reset_on_temperature=0.5,
        temperatures=DECODING["temperature"],
        initial_prompt=None,
        prefix=None,
        suppress_blank=True,
        suppress_tokens=get_suppressed_tokens(tokenizer, cast(Any, [-1])),
        without_timestamps=False,
        max_initial_timestamp=1.0,
        word_timestamps=DECODING["word_timestamps"],
        prepend_punctuations="\"'“¿([{-",
        append_punctuations="\"'.。,，!！?？:：”)]}、",
        multilingual=False,
        max_new_tokens=None,
        clip_timestamps="0",
        hallucination_silence_threshold=None,
        # faster-whisper puts hotwords before every window, an initial prompt before the first only
        hotwords=prompt,
    )
