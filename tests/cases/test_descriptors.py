"""Take descriptors out: whole phrases at once, country and language behind the gate, the rest of the text as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import services
from cases.models import Case
from cases.screening.descriptors import take_out
from cases.screening.words import find
from ledger.models import Disclosure, Entry
from tests.assessment import situations

HONDURAS = {"country_of_birth": "Honduras", "citizenship_country": "Honduras", "language": "Spanish"}
NARRATIVE = (
    "The subject, a native and citizen of Honduras, entered in 2012 and speaks Spanish."
    " He drove drunk on 2024-05-25."
)


@pytest.mark.parametrize(
    ("text", "cleaned", "attributes"),
    [
        (NARRATIVE, "The subject entered in 2012. He drove drunk on 2024-05-25.", HONDURAS),
        (
            "A native and citizen of Guatemala, the subject is Catholic and hit a parked car near Temple Street.",
            "The subject hit a parked car near Temple Street.",
            {"country_of_birth": "Guatemala", "citizenship_country": "Guatemala"},
        ),
        (
            "He was born in Oaxaca, Mexico, and works at a bakery.",
            "He works at a bakery.",
            {"country_of_birth": "Mexico"},
        ),
        (
            "The Honduran national was arrested on 2021-03-02.",
            "The person was arrested on 2021-03-02.",
            {"citizenship_country": "Honduran"},
        ),
        ("He is Guatemalan and hit a parked car.", "He hit a parked car.", {}),
    ],
)
def test_whole_phrases_go_and_the_text_stays_readable(
    text: str, cleaned: str, attributes: dict[str, str]
) -> None:
    taken = take_out(text)
    assert taken.text == cleaned
    assert taken.attributes == attributes
    assert find(taken.text) == ()


def test_a_text_without_descriptors_is_not_touched() -> None:
    text = "  He drove drunk , and\nhit a parked car near Temple Street.  "
    assert take_out(text).text == text


def test_its_own_text_form_shows_no_value() -> None:
    assert "Honduras" not in repr(take_out(NARRATIVE))


@pytest.mark.django_db
def test_country_and_language_go_through_the_gate_with_one_entry(officer: User, case: Case) -> None:
    before = Entry.objects.count()
    text = services.take_descriptors_out(actor=officer.actor(), user=officer, case=case, text=NARRATIVE)
    assert "Honduras" not in text
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(event="cases.descriptors.taken_out")
    told = situations.told(entry)
    assert told["protected_kinds"] == ["citizenship_country", "country_of_birth", "language"]
    for value in (
        bytes(entry.bytes),
        *map(bytes, Disclosure.objects.filter(entry_id=entry.pk).values_list("value_bytes", flat=True)),
    ):
        assert b"Honduras" not in value
    from cases.protected.gate import coded_statements

    assert any("birth abroad" in one for one in coded_statements(case_id=case.pk))


@pytest.mark.django_db
def test_the_page_offers_it_and_shows_the_cleaned_text(
    officer: User, case: Case, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(officer)
    live: dict[str, Any] = {"screened_field": "what", "what": NARRATIVE, "take": "yes"}
    assert "Take all descriptors out" in client.post(reverse("cases:screen"), live).content.decode()
    page = client.post(
        reverse("cases:fact-new", args=[case.pk, "conduct"]), {"what": NARRATIVE, "take_words": "what|all"}
    ).content.decode()
    assert "The subject entered in 2012. He drove drunk on 2024-05-25." in page
    assert "Honduras" not in page
