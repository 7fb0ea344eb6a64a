"""Canonical bytes are RFC 8785, hold only what every reader agrees on, and pointers are RFC 6901."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from ledger.canonical import canonical, join, resolve, utc_text
from ledger.errors import PayloadRefused


def test_members_are_sorted_by_utf16_code_units() -> None:
    # The example of RFC 8785, section 3.2.3.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    expected = "{" + ",".join(f'"{name}":0' for name in ordered) + "}"
    assert canonical(dict.fromkeys(names, 0)) == expected.encode()


def test_only_what_must_be_escaped_is_escaped() -> None:
    text = '\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028'
    assert canonical([text, True, False, None, -7]) == (
        b'["\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\xe2\x80\xa8",true,false,null,-7]'
    )


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        Decimal("1"),
        "a\x00b",
        {"\x00": 1},
        "\ud800",
        2**53,
        -(2**53),
        {1: "a"},
        b"bytes",
        {1, 2},
        (1, 2),
        object(),
    ],
)
def test_what_readers_would_not_agree_on_is_refused(value: Any) -> None:
    with pytest.raises(PayloadRefused):
        canonical({"data": [value]})


def test_the_largest_integers_pass() -> None:
    assert canonical([2**53 - 1, 1 - 2**53]) == b"[9007199254740991,-9007199254740991]"


def test_times_are_utc_with_microseconds() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=-5))
    assert utc_text(datetime.datetime(2024, 12, 31, 22, 0, tzinfo=zone)) == "2025-01-01T03:00:00.000000Z"
    with pytest.raises(PayloadRefused, match="no zone"):
        utc_text(datetime.datetime(2024, 12, 31))


def test_pointers_escape_and_resolve() -> None:
    document = {"data": {"a/b~c": [{"x": 1}, 2], "": 3}}
    pointer = join("/data", "a/b~c")
    assert pointer == "/data/a~1b~0c"
    assert resolve(document, f"{pointer}/0/x") == 1  # type: ignore[arg-type]
    assert resolve(document, "/data/") == 3  # type: ignore[arg-type]
    for nowhere in ("/data/none", f"{pointer}/2", f"{pointer}/-1", f"{pointer}/1/x"):
        with pytest.raises(KeyError):
            resolve(document, nowhere)  # type: ignore[arg-type]
