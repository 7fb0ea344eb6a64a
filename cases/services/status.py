"""Save status and removability: coded answers here, protected facts through the gate and nowhere else.

A save may be incomplete, so that nothing is lost; `complete` says whether every required question has an
answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Never

from django.db import IntegrityError, transaction

from accounts.models import User
from cases.errors import Conflict, Refused
from cases.events import StatusSaved
from cases.happenings import Happening, tell
from cases.models import AlienageBasis, Case, Evidence, StatusRecord
from cases.protected.gate import put_attributes
from cases.rules.source_1367 import LAW, removability_refusal
from cases.screening.store import keep_row
from cases.selectors.evidence import evidence_view
from cases.selectors.statements import answers_in_words
from cases.services.common import plain, require_own, subject, write_version
from cases.services.flags import ANSWERS, flags_of_answers
from cases.status_answers import IMMIGRATION_STATUS, LOOKED, StatusAnswers, answers_of
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy.editions import Edition
from policy.services import current

PROTECTED_KINDS = ("country_of_birth", "citizenship_country", "language", "sex")
SOURCE_BY_HAND = "status page"


def save_status(
    *,
    actor: Actor,
    user: User,
    case: Case,
    version: int,
    answers: StatusAnswers,
    protected: Mapping[str, str] | None = None,
) -> StatusRecord:
    """Save the page. `version` is that of the row as it was read, 0 when there was none.

    `protected` (kinds of `PROTECTED_KINDS`) goes through the gate and is kept nowhere else. Answering yes to
    8 U.S.C. 1367, fear of return or being under 18 sets the flag of it, and the first two restrict the case to
    its office; another answer later clears nothing. Raises `Refused` or `Conflict`.
    """
    require_own(user, case)
    edition, reference = current()
    _check_codes(answers, edition)
    handed_on = {kind: text.strip() for kind, text in (protected or {}).items() if text.strip()}
    if unknown := set(handed_on) - set(PROTECTED_KINDS):
        raise Refused(f"The status page does not take '{min(unknown)}'. Leave it out.")
    with transaction.atomic():
        _check_sources(case, answers, edition)
        row = _write(case, user, version, answers)
        said_yes = {name for name in ANSWERS if getattr(answers, name) == "yes"}
        flags = flags_of_answers(user=user, case=case, yes=said_yes)
        if handed_on:
            try:
                put_attributes(person_id=case.person_id, attributes=handed_on, source=SOURCE_BY_HAND)
            except ValueError as error:
                # The gate's text names the kind and never the value.
                raise Refused(str(error)) from None
        payload = StatusSaved(
            version=row.version,
            complete=row.complete,
            content=Committed(plain({**asdict(answers), "flags_set": flags})),
            protected_kinds=Committed(sorted(handed_on)),
        )
        append(
            NewEntry(payload=payload, actor=actor, subject=subject(case, record=row.id), edition=reference)
        )
        tell(Happening(what="status_saved", actor=actor, user=user, case=case))
    return row


def _write(case: Case, user: User, version: int, answers: StatusAnswers) -> StatusRecord:
    columns: dict[str, Any] = {
        one.name: list(value) if isinstance(value := getattr(answers, one.name), tuple) else value
        for one in fields(answers)
        if one.name != "bases"
    }
    columns |= {"complete": not answers.missing(), "saved_at": now(), "saved_by_id": user.id}
    row = StatusRecord.objects.filter(case=case).first()
    if row is None:
        row = StatusRecord(case=case, **columns)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            _conflict(case, answers)
    elif not write_version(row, version=version, changes=columns):
        _conflict(case, answers)
    keep_row(row, case_id=case.id)
    AlienageBasis.objects.filter(status=row).delete()
    AlienageBasis.objects.bulk_create(
        [
            AlienageBasis(status=row, basis=basis, evidence_id=evidence)
            for basis, evidence in dict(answers.bases).items()
        ]
    )
    return row


def _conflict(case: Case, answers: StatusAnswers) -> Never:
    stored = StatusRecord.objects.prefetch_related("bases").get(case=case)
    raise Conflict(
        what="Status and removability",
        stored=answers_in_words(answers_of(stored)),
        yours=answers_in_words(answers),
        version=stored.version,
    )


def _check_codes(answers: StatusAnswers, edition: Edition) -> None:
    def one_of(name: str, question: str, values: tuple[str, ...]) -> None:
        known = {option.key for option in edition.options(question)}
        for value in values:
            if value and value not in known:
                raise Refused(
                    f"'{value}' is no answer to this question. Choose one from the list.", field=name
                )

    one_of("charge", "charge_of_removability", answers.charges)
    one_of("bases", "alienage_basis", tuple(basis for basis, _ in answers.bases))
    one_of("citizenship_indicia", "citizenship_indicia", answers.citizenship_indicia)
    for name in (
        "citizenship_claim",
        "minor_check",
        "section_1367_check",
        "fear_of_return",
        "representative",
        "referral_source",
        "source_relation",
    ):
        one_of(name, name, (getattr(answers, name),))
    if answers.citizenship_looked not in {"", *LOOKED}:
        raise Refused("Choose whether anybody looked for signs of citizenship.", field="citizenship_looked")
    if answers.immigration_status not in {"", *IMMIGRATION_STATUS}:
        raise Refused("Choose the status from the list.", field="immigration_status")
    if answers.citizenship_indicia and answers.citizenship_looked in {"looked_not_found", "did_not_look"}:
        raise Refused(
            "A sign of citizenship is ticked, yet the answer says that none was found or that nobody looked. "
            "Correct one of the two.",
            field="citizenship_looked",
        )
    if answers.citizenship_looked == "looked_found" and not answers.citizenship_indicia:
        raise Refused("Tick which signs of citizenship were found.", field="citizenship_indicia")
    if len(answers.charge_other) > 120 or len(answers.representative_name) > 200:
        raise Refused("Shorten the text: a statute has room for 120 characters, a name for 200.")


def _check_sources(case: Case, answers: StatusAnswers, edition: Edition) -> None:
    wanted = {evidence for _, evidence in answers.bases if evidence}
    rows = list(Evidence.objects.filter(case=case, id__in=wanted)) if wanted else []
    if len(rows) != len(wanted):
        raise Refused("A piece of evidence that you chose is not of this case. Choose again.", field="bases")
    prohibited = {relation.key for relation in edition.source_relations if relation.prohibited_1367}
    text = removability_refusal(
        has_finding=bool(answers.charges or answers.bases),
        source_prohibited=answers.source_relation in prohibited,
        evidence=[evidence_view(row, edition) for row in rows],
    )
    if text:
        raise Refused(text, field="bases", law=LAW)
