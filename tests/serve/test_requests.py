"""Parameters of a request, read as the standard library reads them."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.requests import MOST_FIELDS, RefusedError, parse_fields

PIECES = [b"%", b"2", b"A", b"x", b"\\", b"&", b"=", b"+", b";", b"%D0%9F", b"%ff", b"\\u0041", b"N{", b"%5C", b"\n"]
MOST = 10_000


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_fields_are_those_of_the_library(written: bytes) -> None:
    try:
        expected = tuple(parse_qsl(written.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        with pytest.raises(RefusedError):
            parse_fields(written, MOST)
    else:
        assert parse_fields(written, MOST).pairs == expected


@pytest.mark.parametrize("written", [b"a=\xd0\x9f", b"\xff", b"&".join([b"a"] * (MOST_FIELDS + 1))])
def test_what_no_form_sends_is_refused(written: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_fields(written, MOST)
    assert caught.value.status == 400


def test_length_is_bounded() -> None:
    with pytest.raises(RefusedError) as caught:
        parse_fields(b"a" * (MOST + 1), MOST)
    assert caught.value.status == 414
