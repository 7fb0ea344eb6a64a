"""Records an invented case the way an officer would, one verb after another, in few words."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from cases import services
from cases.dates import UncertainDate
from cases.models import Case, Encounter, IdentifierKind, RequestState
from cases.services import StatusAnswers

CHECKED = StatusAnswers(
    immigration_status="none",
    citizenship_claim="no",
    citizenship_looked="looked_not_found",
    minor_check="no",
    section_1367_check="no",
    fear_of_return="no",
    representative="no",
    referral_source="jail",
    source_relation="agency",
)
"""A status page on which every check was made and found nothing; without charge and bases."""

RECORDS = ("criminal_record", "dispositions", "administrative_file", "other_investigative")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


class Recorder:
    """One person and case; `user` is the officer who records them."""

    def __init__(self, user: User, *, name: str, birth: str, a_number: str) -> None:
        self.user = user
        self.actor = user.actor()
        family, _, given = name.partition(", ")
        self.case: Case = services.create_person_and_case(
            actor=self.actor,
            user=user,
            family_name=family,
            given_name=given,
            birth=UncertainDate.parse(birth) if birth else None,
            identifiers=[(IdentifierKind.A_NUMBER, a_number)] if a_number else [],
        )

    def encounter(self, on: str, **what: str) -> Encounter:
        return services.record_encounter(
            actor=self.actor, user=self.user, case=self.case, on=UncertainDate.parse(on), **what
        )

    def evidence(
        self, kind: str, relation: str, source: str, caption: str, *, of: str = "", had: str, read: str = ""
    ) -> uuid.UUID:
        """`of` is the day of the information, `had` the day it came, `read` the day it was read."""
        row = services.record_evidence(
            actor=self.actor,
            user=self.user,
            case=self.case,
            kind=kind,
            source=source,
            source_relation=relation,
            caption=caption,
            information_date=day(of) if of else None,
            obtained_on=day(had),
            reviewed_on=day(read) if read else None,
        )
        return row.id

    def paper(self, kind: str, relation: str, source: str, caption: str, on: str) -> uuid.UUID:
        """Evidence that was read on the day on which it came."""
        return self.evidence(kind, relation, source, caption, had=on, read=on)

    def fact(self, kind: str, on: str, *evidence: uuid.UUID, **details: Any) -> uuid.UUID:
        row = services.record_fact(
            actor=self.actor,
            user=self.user,
            case=self.case,
            kind=kind,
            details=details,
            on=UncertainDate.parse(on) if on else None,
            evidence=evidence,
        )
        return row.id

    def records(self, of: str, asked: str, came: str, kinds: Sequence[str] = RECORDS) -> None:
        """Records that were asked for, and were read on the day on which they came."""
        for kind in kinds:
            services.open_record_request(
                actor=self.actor,
                user=self.user,
                case=self.case,
                record_kind=kind,
                asked_of=of,
                state=RequestState.OBTAINED,
                requested_on=day(asked),
                answered_on=day(came),
                reviewed_on=day(came),
            )

    def missing_record(
        self, kind: str, of: str, *, asked: str = "", reason: str = "", note: str = ""
    ) -> None:
        """A record that is open, requested (with `asked`) or could not be had (with `reason`)."""
        state = RequestState.REQUESTED if asked else RequestState.OPEN
        services.open_record_request(
            actor=self.actor,
            user=self.user,
            case=self.case,
            record_kind=kind,
            asked_of=of,
            state=RequestState.UNAVAILABLE if reason else state,
            requested_on=day(asked) if asked else None,
            unavailable_reason=reason,
            note=note,
        )

    def status(self, answers: StatusAnswers, protected: Mapping[str, str] | None = None) -> None:
        services.save_status(
            actor=self.actor, user=self.user, case=self.case, version=0, answers=answers, protected=protected
        )
