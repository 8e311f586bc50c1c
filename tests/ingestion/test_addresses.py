from __future__ import annotations

import pytest

from ingestion.addresses import is_remote


@pytest.mark.parametrize(
    ("url", "remote"),
    [
        ("http://127.0.0.1:8000/v1", False),
        ("http://localhost/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.168.1.5/v1", True),
        ("https://chat.example.com/v1", True),
        ("https://localhost.example.com/v1", True),
    ],
)
def test_remote_is_whatever_is_not_this_machine(url: str, remote: bool) -> None:
    assert is_remote(url) is remote
