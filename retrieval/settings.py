"""What a user can set about retrieval. Environment: HUIMAI_RETRIEVAL__<NAME>."""

from __future__ import annotations

from pydantic import BaseModel, Field, field_validator

from retrieval.recipes import HYBRID, RECIPES


class RetrievalSettings(BaseModel):
    """Retrieval settings."""

    default_recipe: str = Field(
        default=HYBRID.name, description=f"Search recipe used unless one is named: {', '.join(RECIPES)}."
    )

    @field_validator("default_recipe")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in RECIPES:
            raise ValueError(f"unknown recipe '{name}'; recipes: {', '.join(RECIPES)}")
        return name
