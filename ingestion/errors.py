"""The one error family of the house: what happened, what to do next, and the HTTP status it maps to."""

from __future__ import annotations


class HuimaiError(Exception):
    """An error a person can act on.

    `message` says what happened and why in one line, `hint` what to do next, `status` is the HTTP status
    that the server answers with. The edge turns it into a problem document or a one-line CLI message.
    """

    status = 500
    code = "error"

    def __init__(self, message: str, hint: str = "", *, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if status is not None:
            self.status = status


class BadInputError(HuimaiError):
    """A file or value that cannot be used as given."""

    status = 422
    code = "bad-input"


class NotFoundError(HuimaiError):
    """Something named does not exist."""

    status = 404
    code = "not-found"


class ConflictError(HuimaiError):
    """The request contradicts what is stored or what is running."""

    status = 409
    code = "conflict"


class TooLargeError(HuimaiError):
    """An upload exceeds a limit."""

    status = 413
    code = "too-large"


class StorageFullError(HuimaiError):
    """The disk that holds the data home is full."""

    status = 507
    code = "storage-full"


class IndexUnusableError(ConflictError):
    """The search index is damaged or was made with another embedding model; it can be built again from the rows."""

    code = "index-unusable"


class ModelMissingError(HuimaiError):
    """A model is not on this machine, or its files do not match their hashes."""

    status = 503
    code = "model-missing"


class ModelFailedError(HuimaiError):
    """A model or its server failed, hung or answered with nonsense."""

    status = 502
    code = "model-failed"


class MissingExtraError(HuimaiError):
    """An optional package is not installed. The hint names the extra to install."""

    status = 501
    code = "missing-extra"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the optional extra '{extra}'", f'pip install "huimai[{extra}]"')
