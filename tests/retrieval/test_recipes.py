from __future__ import annotations

import pytest
from pydantic import ValidationError

from ingestion.errors import BadInputError
from retrieval.recipes import RECIPES, recipe_named
from retrieval.settings import RetrievalSettings


def test_recipes_are_found_by_their_own_name() -> None:
    assert all(recipe_named(name).name == name for name in RECIPES)
    assert {"hybrid", "dense", "sparse"} <= RECIPES.keys()


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(BadInputError) as caught:
        recipe_named("magic")
    assert all(name in caught.value.hint for name in RECIPES)


def test_settings_refuse_an_unknown_recipe_and_are_described() -> None:
    with pytest.raises(ValidationError, match="unknown recipe"):
        RetrievalSettings(default_recipe="magic")
    assert all(field.description for field in RetrievalSettings.model_fields.values())
