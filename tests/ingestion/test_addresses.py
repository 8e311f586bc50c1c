from __future__ import annotations

import pytest

from ingestion.addresses import is_remote, plain_address
from ingestion.settings import IngestionSettings


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


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8001/v1", "https://例え.jp/v1", "http://[::1]:8001", "http://my_host"]
)
def test_an_address_loses_only_its_slash(url: str) -> None:
    assert plain_address(f"{url}/", "the_key") == url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a/v1",
        "127.0.0.1:8001",
        "http://",
        "http://a b/v1",
        "http://a:b/v1",
        "http://a:99999/v1",
        "http://a:0/v1",
        "http://a\tb/v1",
        "http://a\x00b/v1",
        "http://a\\b",
        "http://☃☃.example",
        "http://xn--/",
        "http://\u200b.com",
        "http://[zz]/",
        "http://me:secret@a/v1",
        "http://a/v1?key=secret",
        "http://a/v1#x",
    ],
)
def test_what_no_client_could_reach_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(?!.*secret)"):
        plain_address(url, "the_key")


@pytest.mark.parametrize("copied", ["sk-1", " sk-1", "sk-1\n", "\tsk-1 \r\n"])
def test_a_key_loses_what_copying_adds(copied: str) -> None:
    key = IngestionSettings(embedding_api_key=copied).embedding_api_key  # type: ignore[arg-type]
    assert key is not None
    assert key.get_secret_value() == "sk-1"
    assert "sk-1" not in repr(key)
