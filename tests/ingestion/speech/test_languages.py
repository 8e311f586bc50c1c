from __future__ import annotations

from collections.abc import Sequence

from ingestion.speech.languages import Hearing, is_mixed, language_of, spoken_languages, surely_another


def choose_languages(heard: Sequence[Hearing]) -> list[str]:
    spoken = spoken_languages(heard)
    return [language_of(hearing, spoken) for hearing in heard]


def test_each_window_has_its_own_language():
    heard = [Hearing({"zh": 0.99, "en": 0.01}, 20), Hearing({"en": 0.97, "cy": 0.02}, 20), Hearing({"zh": 1.0}, 9)]
    assert choose_languages(heard) == ["zh", "en", "zh"]


def test_a_cough_does_not_become_a_third_language():
    heard = [Hearing({"zh": 0.99}, 20), Hearing({"ko": 0.5, "zh": 0.2}, 4), Hearing({"nn": 0.95}, 0.8)]
    assert choose_languages(heard) == ["zh", "zh", "zh"]


def test_without_a_sure_window_all_evidence_counts():
    heard = [Hearing({"en": 0.6, "de": 0.4}, 3), Hearing({"de": 0.7, "en": 0.3}, 20)]
    assert choose_languages(heard) == ["de", "de"]
    assert spoken_languages([]) == frozenset()


def test_mixed_windows_are_long_and_have_two_likely_languages():
    assert is_mixed(Hearing({"zh": 0.7, "en": 0.29}, 25))
    assert not is_mixed(Hearing({"zh": 0.7, "en": 0.29}, 3))
    assert not is_mixed(Hearing({"zh": 0.95, "en": 0.05}, 25))
    assert not is_mixed(Hearing({"en": 1.0}, 25))


def test_noise_alone_is_taken_for_a_language_to_expect():
    noise = [Hearing({"fr": 0.24, "zh": 0.17, "ru": 0.08, "en": 0.02}, 2)]
    assert spoken_languages(noise, ("zh", "en")) == {"zh"}
    assert spoken_languages(noise) == {"fr"}
    assert spoken_languages([Hearing({"fr": 0.9}, 2)], ("zh", "en")) == {"fr"}
    assert spoken_languages([Hearing({"fr": 0.4, "de": 0.5}, 2)], ("zh", "en")) == {"de"}


def test_a_stretch_is_another_language_only_when_that_is_sure_and_known():
    assert surely_another(Hearing({"en": 0.95, "zh": 0.02}, 2), "zh", ("zh", "en")) == "en"
    assert surely_another(Hearing({"en": 0.7, "zh": 0.2}, 2), "zh", ("zh", "en")) is None
    assert surely_another(Hearing({"zh": 0.95}, 2), "zh", ("zh", "en")) is None
    assert surely_another(Hearing({"nn": 0.95}, 2), "zh", ("zh", "en")) is None
    assert surely_another(Hearing({}, 2), "zh", ("zh", "en")) is None
