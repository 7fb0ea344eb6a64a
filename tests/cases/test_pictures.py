"""A picture is kept with what it shows; one of protected activity carries no fact into a decision."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases import services
from cases.models import Case, Evidence
from cases.selectors import case_record, facts_of
from ledger.clock import policy_date

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc```\x00\x00\x00\x04\x00\x01\xf6\x178U\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_a_picture_is_attached_only_with_what_it_shows(
    signed_in: Callable[[User], Client], officer: User, case: Case, settings: Any, tmp_path: Path
) -> None:
    settings.ATTACHMENTS_DIR = tmp_path
    client = signed_in(officer)
    form = {
        "kind": "police_report",
        "source": "Tallow Police",
        "source_relation": "agency",
        "obtained_on": "2024-01-01",
    }
    address = f"/cases/{case.id}/evidence/new/"

    def sent(**more: str) -> Any:
        return client.post(address, form | {"attached": SimpleUploadedFile("scene.png", PNG)} | more)

    refused = sent()
    assert refused.status_code == 422
    assert "Say whether it is a picture, and what it shows." in refused.content.decode()
    assert sent(picture="of a parade").status_code == 422
    assert not Evidence.objects.exists()
    assert sent(picture="ordinary").status_code == 302
    assert Evidence.objects.get().picture == "ordinary"


def test_a_fact_with_a_picture_of_protected_activity_cannot_be_pinned(officer: User, case: Case) -> None:
    who: dict[str, Any] = {"actor": officer.actor(), "user": officer, "case": case}
    proof: dict[str, Any] = {
        "kind": "police_report",
        "source": "Tallow Police",
        "source_relation": "agency",
        "obtained_on": datetime.date(2024, 1, 1),
    }
    report = services.record_evidence(**who, **proof)
    picture = services.record_evidence(**who, **proof, picture="protected")
    fact = services.record_fact(
        **who, kind="conduct", details={"what": "Stood in the road"}, evidence=[report.id, picture.id]
    )

    def pinnable() -> tuple[bool, str]:
        (listed,) = facts_of(case, policy_date())
        (bundled,) = case_record(case, policy_date()).facts
        assert listed.pinnable == bundled.pinnable
        return listed.pinnable, listed.why_not

    able, why = pinnable()
    assert not able
    assert "taken off the fact" in why
    services.change_fact(
        actor=officer.actor(),
        user=officer,
        fact=fact,
        version=fact.version,
        details={"what": "Stood in the road"},
        evidence=[report.id],
    )
    assert pinnable() == (True, "")
