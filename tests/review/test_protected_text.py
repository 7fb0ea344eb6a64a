"""A supervisor's own texts under the screen: refused with the words, kept in the form, one entry without a word."""

from __future__ import annotations

import html

import pytest

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.models import Disclosure, Entry
from review.errors import Refused
from review.models import Review
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import PAGE, approve, detail_url, send_back

pytestmark = pytest.mark.django_db

REASON = "He is Guatemalan, and the conduct is recent."
POINT = "Say more about the Guatemalan family."


def test_approving_with_protected_words_is_refused(waiting: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        approve(boss, waiting, reason=REASON)
    text = refused.value.errors["review_reason"]
    assert "Guatemalan" in text
    assert "national origin" in text
    assert "III#18" in text
    assert Review.objects.count() == 0
    assert Decision.objects.get(pk=waiting.pk).state == workflow.SUBMITTED


def test_a_point_of_a_return_is_refused_alike(waiting: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        send_back(boss, waiting, "The dates are missing.", POINT)
    assert "Point 2" in refused.value.errors["point_1"]
    assert Review.objects.count() == 0


def test_the_refusal_leaves_one_entry_without_the_words(waiting: Decision, boss: User) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        send_back(boss, waiting, POINT, reason=REASON)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert (entry.event, entry.kind) == ("review.text.refused", "access")
    assert entry.decision_id == waiting.pk
    told = situations.told(entry)
    assert told["verb"] == "return"
    assert [(one["field"], one["attribute"]) for one in told["words"]] == [
        ("Your reason", "national_origin"),
        ("Point 1", "national_origin"),
    ]
    assert b"Guatemalan" not in bytes(entry.bytes)
    for value in Disclosure.objects.filter(entry_id=entry.pk).values_list("value_bytes", flat=True):
        assert b"Guatemalan" not in bytes(value)


@pytest.mark.parametrize("verdict", ["approve", "return"])
def test_the_page_comes_back_with_everything_that_was_typed(
    at: Situation, waiting: Decision, boss: User, verdict: str
) -> None:
    client = situations.client(boss)
    posted = PAGE | {"number": 1, "verdict": verdict, "review_reason": REASON}
    posted |= {"point_1": POINT, "point_about_1": "factors"} if verdict == "return" else {}
    response = client.post(detail_url(waiting), posted)
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert REASON in page
    assert "clause III#18" in page
    if verdict == "return":
        assert POINT in page
