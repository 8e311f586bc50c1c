"""The OpenAPI document as JSON, which the web app's client is generated from: `python -m server.api_doc`."""

from __future__ import annotations

import json
import sys

from server.app import create_app
from server.problems import NotReadyError
from server.services import Services


def _none() -> Services:
    raise NotReadyError("the document is written without a data home", "`huimai serve` opens one")


if __name__ == "__main__":
    json.dump(create_app(_none).openapi(), sys.stdout, ensure_ascii=False, indent=1)
