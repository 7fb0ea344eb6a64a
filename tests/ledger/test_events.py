"""Event codes are registered once, payloads fit their type, and a refusal never tells the refused value."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from ledger.errors import PayloadRefused, UnknownEvent
from ledger.events import EventKind, Payload, event, registered, words_for
from ledger.services import NewEntry, append
from tests.ledger import samples


@pytest.mark.parametrize(
    "code", ["ledger", "ledger.sample", "Ledger.sample.made", "ledger.sample.made.twice", "a..b", ""]
)
def test_a_malformed_code_stops_the_start(code: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="not <room>"):
        event(code, kind=EventKind.CHANGE, words="x")(type("Malformed", (Payload,), {}))


def test_a_doubled_code_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="is taken by"):
        event("ledger.sample.changed", kind=EventKind.CHANGE, words="x")(type("Doubled", (Payload,), {}))


def test_one_payload_has_one_code() -> None:
    with pytest.raises(ImproperlyConfigured, match="already is"):
        event("ledger.sample.again", kind=EventKind.CHANGE, words="x")(samples.Changed)
    assert "ledger.sample.again" not in {one.code for one in registered()}


def test_an_event_without_words_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="no words"):
        event("ledger.sample.muted", kind=EventKind.CHANGE, words=" ")(type("Muted", (Payload,), {}))


def test_an_unknown_code_reads_as_itself() -> None:
    assert words_for("ledger.sample.changed") == "Changed a sample"
    assert words_for("gone.since.then") == "gone.since.then"


@pytest.mark.django_db
def test_an_unregistered_payload_is_refused() -> None:
    class Unregistered(samples.Changed):
        pass

    with pytest.raises(UnknownEvent), transaction.atomic():
        append(NewEntry(payload=Unregistered(), actor=samples.ACTOR))


@pytest.mark.django_db
def test_a_payload_that_went_round_its_type_is_refused_without_telling_the_value() -> None:
    forged = samples.Changed.model_construct(number="Jane Roe")  # type: ignore[arg-type]
    with pytest.raises(PayloadRefused) as refused, transaction.atomic():
        append(NewEntry(payload=forged, actor=samples.ACTOR))
    assert "number" in str(refused.value)
    assert "Jane" not in str(refused.value)
