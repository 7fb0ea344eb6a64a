"""The record of an invented person, put there through the services of cases, as an officer would have recorded it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from accounts.models import User
from cases import services
from cases.dates import UncertainDate
from cases.models import Case, RequestState
from ledger.clock import policy_date
from policy.services import current


class Record:
    """One person's case. Days are written as an officer types them; evidence is named by a word of the walk's own."""

    def __init__(self, officer: User, family_name: str, given_name: str, birth: str) -> None:
        self.officer = officer
        self.pieces: dict[str, uuid.UUID] = {}
        self.case: Case = services.create_person_and_case(
            actor=officer.actor(),
            user=officer,
            family_name=family_name,
            given_name=given_name,
            birth=UncertainDate.parse(birth),
        )
        self._records()

    def _records(self) -> None:
        """Every record was asked for, came and was read by this day; the assessment takes that over."""
        day = policy_date()
        edition, _ = current()
        for kind in edition.record_kinds:
            services.open_record_request(
                actor=self.officer.actor(),
                user=self.officer,
                case=self.case,
                record_kind=kind.key,
                asked_of="Records center",
                state=RequestState.OBTAINED,
                requested_on=day - datetime.timedelta(days=7),
                answered_on=day - datetime.timedelta(days=1),
                reviewed_on=day,
            )

    @property
    def url(self) -> str:
        return f"/cases/{self.case.pk}/"

    def evidence(
        self, name: str, kind: str, source: str, relation: str, obtained: str, caption: str = ""
    ) -> None:
        """A piece that was read on the day on which it was obtained."""
        day = datetime.date.fromisoformat(obtained)
        row = services.record_evidence(
            actor=self.officer.actor(),
            user=self.officer,
            case=self.case,
            kind=kind,
            source=source,
            source_relation=relation,
            caption=caption,
            obtained_on=day,
            reviewed_on=day,
        )
        self.pieces[name] = row.pk

    def fact(self, kind: str, on: str, *evidence: str, **details: Any) -> uuid.UUID:
        row = services.record_fact(
            actor=self.officer.actor(),
            user=self.officer,
            case=self.case,
            kind=kind,
            details=details,
            on=UncertainDate.parse(on) if on else None,
            evidence=[self.pieces[name] for name in evidence],
        )
        return row.pk

    def encounter(self, on: str, *, source: str, relation: str, custody: str = "", site: str = "") -> None:
        services.record_encounter(
            actor=self.officer.actor(),
            user=self.officer,
            case=self.case,
            on=UncertainDate.parse(on),
            custody=custody,
            site=site,
            referral_source=source,
            source_relation=relation,
        )
