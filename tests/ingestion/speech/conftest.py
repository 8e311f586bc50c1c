"""Speech of the samples as 16 kHz PCM."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.media.decode import decode_to_pcm, open_pcm

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int16]:
    """A Chinese meeting of two minutes."""
    return _pcm(SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a", tmp_path_factory)


@pytest.fixture(scope="session")
def english_talk(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int16]:
    """An English meeting of two minutes."""
    return _pcm(SAMPLES / "B_en_atlas_mobile" / "2026-03-04.m4a", tmp_path_factory)


def _pcm(source: Path, factory: pytest.TempPathFactory) -> NDArray[np.int16]:
    target = factory.mktemp("pcm") / "talk.pcm"
    decode_to_pcm(source, target)
    return np.array(open_pcm(target))
