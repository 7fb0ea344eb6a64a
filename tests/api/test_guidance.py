"""The guidance under a draft by API: what changed, and re-affirming it, as on the page."""

from __future__ import annotations

import datetime

import pytest
from pytest_django import Settings

from assessment.models import Decision
from tests import factories
from tests.api.speaking import Api


@pytest.mark.django_db
def test_a_change_is_read_and_re_affirmed(api: Api, full: Decision, settings: Settings) -> None:
    address = f"decisions/{full.pk}/guidance/"
    read = api.get(address)
    assert (read["moved"], read["before"], read["affected"]) == (False, None, [])
    assert read["today"]["status"] == "in_force"
    settings.PRACTICE_DATE = datetime.date(2025, 1, 20)
    refused = api.post(f"decisions/{full.pk}/sign/", {"password": factories.PASSWORD}, 422)
    assert [one["rule"] for one in refused["errors"]] == ["reaffirmed_after_change"]
    read = api.get(address)
    assert (read["moved"], read["before"]["status"], read["today"]["status"]) == (
        True,
        "in_force",
        "rescinded",
    )
    assert {one["field"] for one in read["affected"]} >= {"national_security_finding"}
    api.post(address, {"mark": "another"}, 409)
    api.post(address, {}, 422)
    done = api.post(address, {"mark": read["mark"]}, 200)
    assert (done["moved"], done["affected"]) == (False, [])
    signed = api.post(f"decisions/{full.pk}/sign/", {"password": factories.PASSWORD}, 200)
    assert signed["state"] == "submitted"
    api.post(address, {"mark": read["mark"]}, 409)
