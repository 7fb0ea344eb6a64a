"""The page of the guard's figures."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from policy import guard_views
from policy.guard.accuracy import first_measured, recorded


@pytest.mark.django_db
def test_all_figures_are_shown_with_what_they_do_not_say(rf: RequestFactory) -> None:
    answer = guard_views.accuracy(rf.get("/policy/guard/"))
    page = answer.content.decode()
    assert answer.status_code == 200
    worked = {name: recorded()[name] for name in guard_views.SET_NAMES}
    for name, found in {**worked, **first_measured()}.items():
        for figure in found["recall"].values():
            assert f"<td>{figure}</td>" in page, name
        assert f"({found['texts']})" in page, name
    assert "What it does not protect against" in page
    assert recorded()["lexicon_digest"] in page
