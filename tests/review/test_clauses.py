"""The clauses behind a decision stand on its review page, one click away, and are no part of what was signed."""

from __future__ import annotations

import hashlib
import html
import json
import re

import pytest
from django.urls import reverse

from accounts.models import Role, User
from assessment.models import Decision, DecisionVersion
from policy import contents
from policy.editions import available, load
from policy.models import EditionContent
from review.clauses import clauses_of, with_clauses
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import main_of
from tests.review.samples import detail_url

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/policy/[^"]+)#(clause-[^"]+)"')


def part_after(page: str, anchor: str) -> str:
    """What follows a heading, up to the next one."""
    return re.split(r"<h[23]", page.partition(f'id="{anchor}"')[2])[0]


@pytest.mark.parametrize(
    ("anchor", "clause"),
    [
        ("records", "II.B#14"),
        ("factors", "II.B#8"),
        ("dispute", "IV#20"),
        ("consequences", "II.B#15"),
        ("opposite", "II.B#7"),
        ("rationale", "II.B#7"),
        ("your-review", "V.B#23"),
    ],
)
def test_each_heading_has_the_words_of_its_clauses(
    waiting: Decision, boss: User, anchor: str, clause: str
) -> None:
    web = situations.client(boss)
    page = main_of(web.get(detail_url(waiting)))
    below = part_after(page, anchor)
    edition = contents.shown("2021-09-30")
    assert html.unescape(below).count(edition.clause(clause).text) == 1
    # The link leads to a place that is there.
    assert {address for address, _ in LINK.findall(below)} == {"/policy/2021-09-30/"}
    policy = web.get("/policy/2021-09-30/").content.decode()
    assert all(f'id="{place}"' in policy for _, place in LINK.findall(page))


def test_each_priority_and_each_factor_has_its_own(waiting: Decision, boss: User) -> None:
    page = html.unescape(main_of(situations.client(boss).get(detail_url(waiting))))
    edition = contents.shown("2021-09-30")
    for priority in edition.priorities:
        below = re.split(r"<h[23]", page.partition(f"<h3>{priority.label}:")[2])[0]
        assert [place for _, place in LINK.findall(below)] == [
            edition.clause(one).anchor for one in priority.clauses
        ]
    for factor in edition.factors:
        row = page.partition(f'<th scope="row">{factor.label}')[2].partition("</th>")[0]
        assert [place for _, place in LINK.findall(row)] == [
            edition.clause(one).anchor for one in factor.clauses
        ]


def test_they_are_the_same_whatever_was_decided(boss: User) -> None:
    found = []
    for outcome in ("act", "decline"):
        other = situations.ready(factories.user(Role.OFFICER))
        page = main_of(situations.client(boss).get(detail_url(situations.signed(other, outcome=outcome))))
        found.append(re.findall(r'<details class="tot-clauses">.*?</details>', page, re.DOTALL))
    assert len(found[0]) > 7
    assert found[0] == found[1]


def test_what_was_signed_has_none(waiting: Decision, boss: User) -> None:
    page = situations.client(boss).get(reverse("assessment:signed", args=[waiting.pk, 1])).content.decode()
    assert "tot-clauses" not in page


def test_a_decision_of_replaced_content_links_to_the_words_it_was_signed_under(
    boss: User,
) -> None:
    now = contents.shown("2021-09-30")
    changed = EditionContent.objects.get(pk=now.content_digest)
    text = json.dumps({**json.loads(changed.content), "summary": "Other words that stood once."})
    digest = hashlib.sha256(text.encode()).hexdigest()
    EditionContent.objects.create(
        content_digest=digest,
        rules_digest=changed.rules_digest,
        edition=changed.edition,
        content=text,
        kept_at=changed.kept_at,
    )
    version = DecisionVersion(edition_key="2021-09-30", content_digest=digest)
    links = with_clauses({}, version)["clauses"]
    address, _ = LINK.findall(links["records"])[0]
    assert address == f"/policy/2021-09-30/?content={digest}"
    page = situations.client(boss).get(html.unescape(address)).content.decode()
    assert "Other words that stood once." in page
    assert "What stands now" in page


@pytest.mark.parametrize("asked", ["0" * 64, "x", "\x00" * 64, "é" * 64, "a" * 10_000])
def test_a_content_that_nobody_kept_shows_what_stands(boss: User, asked: str) -> None:
    answer = situations.client(boss).get("/policy/2021-09-30/", {"content": asked})
    assert answer.status_code == 200
    assert "What stands now" not in answer.content.decode()


def test_a_content_of_another_edition_is_not_shown_under_this_one(boss: User) -> None:
    other = contents.shown("2021-02-18").content_digest
    page = situations.client(boss).get("/policy/2021-09-30/", {"content": other}).content.decode()
    assert contents.shown("2021-09-30").content_digest in page


@pytest.mark.parametrize("key", available())
def test_every_edition_gives_markup(key: str) -> None:
    found = clauses_of(load(key).content_digest, stands=True)
    assert "review" in found
