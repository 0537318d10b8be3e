from __future__ import annotations

from http import HTTPStatus

import pytest
import requests

from midime_engine.catalogue import answers
from midime_engine.catalogue.answers import InterruptedTransferError
from midime_engine.errors import DownloadError

URL = "https://example.org/x.tar"


def _response(status: int = 200, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


@pytest.mark.parametrize("status", [200, 206])
def test_a_file_and_a_part_of_one_are_welcome(status: int) -> None:
    """Nothing is raised."""
    answers.require_file(_response(status, Content_Type="application/x-tar"), URL)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_may_be_asked_again(status: int) -> None:
    """These pass."""
    with pytest.raises(InterruptedTransferError, match=str(status)):
        answers.require_file(_response(status), URL)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "nothing at"), (410, "nothing at"), (403, "refuses"), (451, "451")]
)
def test_a_refusal_is_final(status: int, words: str) -> None:
    """And says what to do instead."""
    with pytest.raises(DownloadError, match=words) as caught:
        answers.require_file(_response(status), URL)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "headers", [{"Content_Type": "text/html; charset=utf-8"}, {"Content_Encoding": "gzip"}]
)
def test_a_page_instead_of_a_file_is_recognised(headers: dict[str, str]) -> None:
    """Networks answer everything with their sign-in page until somebody signs in."""
    with pytest.raises(DownloadError, match="web page"):
        answers.require_file(_response(HTTPStatus.OK, **headers), URL)


def test_a_version_is_a_strong_tag_or_a_date() -> None:
    """A weak tag does not promise equal bytes."""
    assert answers.version(_response(ETag='"abc"', Last_Modified="Mon")) == '"abc"'
    assert answers.version(_response(Last_Modified="Mon")) == "Mon"
    assert answers.version(_response(ETag='W/"abc"')) is None
    assert answers.version(_response()) is None


@pytest.mark.parametrize(("stated", "bytes_"), [("12", 12), ("", None), ("-1", None), ("x", None)])
def test_a_length_is_a_number_or_unknown(stated: str, bytes_: int | None) -> None:
    """Whatever a server writes there."""
    assert answers.length(_response(Content_Length=stated)) == bytes_


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("bytes 5-9/10", (5, 10)),
        ("bytes 5-9/*", (5, None)),
        ("bytes */10", (-1, None)),
        ("", (-1, None)),
        ("bytes 5-9/1e9", (-1, None)),
    ],
)
def test_a_range_says_where_it_begins(stated: str, found: tuple[int, int | None]) -> None:
    """-1 is never what was asked for."""
    assert answers.content_range(_response(Content_Range=stated)) == found


def test_the_digest_of_googles_storage_is_read() -> None:
    """Only of files that are stored as they are sent."""
    md5 = "XrY7u+Ae7tCTyyK7j1rNww=="
    hashes = f"crc32c=yZRlqg==,md5={md5}"
    assert answers.stated_md5(_response(x_goog_hash=hashes)) == bytes.fromhex(
        "5eb63bbbe01eeed093cb22bb8f5acdc3"
    )
    packed = _response(x_goog_hash=hashes, x_goog_stored_content_encoding="gzip")
    assert answers.stated_md5(packed) is None
    assert answers.stated_md5(_response(x_goog_hash="md5=?")) is None
    assert answers.stated_md5(_response(x_goog_hash="md5=AAA")) is None
    assert answers.stated_md5(_response()) is None
