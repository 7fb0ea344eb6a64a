"""The page of the guard's figures."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from policy import guard_views
from policy.guard.accuracy import SETS, recorded


@pytest.mark.django_db
def test_all_figures_are_shown_with_what_they_do_not_say(rf: RequestFactory) -> None:
    answer = guard_views.accuracy(rf.get("/policy/guard/"))
    page = answer.content.decode()
    assert answer.status_code == 200
    for name in recorded().keys() & SETS:
        for figure in recorded()[name]["recall"].values():
            assert f"<td>{figure}</td>" in page
        assert str(recorded()[name]["texts"]) in page
    assert "What it does not protect against" in page
    assert recorded()["lexicon_digest"] in page
