"""What may have to go never stands in the bytes: a salted hash does, and opens only with its own salt and
value.
"""

from __future__ import annotations

import base64
import hashlib
import json

import pydantic
import pytest

from ledger import clock, ids
from ledger.commitments import Committed, commitment
from ledger.document import NewEntry, Written, disclosed, lay_out
from ledger.errors import PayloadRefused
from ledger.events import Payload
from tests.ledger import samples

EXPECTED = "NXxRGiMB_q8rMq39zzKuj4J5aUbBqZSi8biinK_wNd8"


def _lay_out(payload: Payload) -> Written:
    new = NewEntry(payload=payload, actor=samples.ACTOR)
    return lay_out(new, id=ids.new_id(), at=clock.now(), policy_date=clock.policy_date(), request="")


def test_a_commitment_is_the_published_formula() -> None:
    # Computed apart from the product: SHA-256 of 32 bytes 0x00 to 0x1f and the JSON text "a".
    assert commitment(bytes(range(32)), b'"a"') == EXPECTED


def test_values_stay_out_of_the_bytes_wherever_they_stand() -> None:
    written = _lay_out(samples.filled())
    assert b"secret" not in written.bytes
    document = json.loads(written.bytes)
    assert [opening.pointer for opening in written.openings] == [
        "/data/rows/0/text",
        "/data/rows/1/text",
        "/data/named/a~1b~0c",
    ]
    for opening, held in zip(
        written.openings,
        [
            document["data"]["rows"][0]["text"],
            document["data"]["rows"][1]["text"],
            document["data"]["named"]["a/b~c"],
        ],
        strict=True,
    ):
        digest = hashlib.sha256(opening.salt + opening.value_bytes).digest()
        assert held == {"c": base64.urlsafe_b64encode(digest).decode().rstrip("=")}
        assert len(opening.salt) == 32
    assert written.openings[2].value_bytes == b"[1,2]"


def test_plain_values_have_one_text_form() -> None:
    data = json.loads(_lay_out(samples.filled()).bytes)["data"]
    assert (data["day"], data["colour"], data["flag"], data["nothing"]) == ("2024-02-29", "red", True, None)
    assert data["rows"][0]["clear"] == "seen"


def test_equal_values_have_unequal_commitments() -> None:
    payload = samples.Changed(note=Committed("yes"))
    first, second = json.loads(_lay_out(payload).bytes), json.loads(_lay_out(payload).bytes)
    assert first["data"]["note"] != second["data"]["note"]


def test_disclosures_put_the_values_back() -> None:
    written = _lay_out(samples.filled())
    document = json.loads(written.bytes)
    opened = disclosed(document, written.openings)
    assert isinstance(opened, dict)
    assert opened["rows"] == [
        {"clear": "seen", "text": "first secret"},
        {"clear": "seen", "text": "second secret"},
    ]
    assert opened["named"] == {"a/b~c": [1, 2]}
    withheld = disclosed(document, written.openings[1:])
    assert isinstance(withheld, dict)
    assert withheld["rows"][0] == document["data"]["rows"][0]  # type: ignore[index]


def test_a_value_declared_committed_cannot_be_given_in_clear() -> None:
    with pytest.raises(pydantic.ValidationError, match="Wrap the value in Committed"):
        samples.Changed(note="in clear")  # type: ignore[arg-type]


def test_a_committed_value_is_typed() -> None:
    with pytest.raises(pydantic.ValidationError):
        samples.Changed(note=Committed(5))  # type: ignore[arg-type]


def test_a_committed_value_holds_no_other() -> None:
    with pytest.raises(PayloadRefused, match="cannot hold another"):
        _lay_out(samples.Loose(value=Committed([Committed("x")])))


def test_its_text_form_never_shows_the_value() -> None:
    assert "secret" not in repr(samples.filled())
    assert "secret" not in str(Committed("secret"))
