"""Contests: an officer says on which ground found words may stand, a supervisor rules on it within the review."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import Role, User
from cases.errors import Refused
from cases.events import WordsContested
from cases.models import Case, ContestCategory, ContestState, Evidence, ScreenedText, TextContest
from cases.screening.words import from_plain, words_hash
from cases.services.common import require_own, subject
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append

# Evidence that can show what was charged or adjudged.
CHARGING: frozenset[str] = frozenset({"court_record", "disposition", "administrative_record"})
LONGEST = 120


def raise_contest(
    *,
    actor: Actor,
    user: User,
    case: Case,
    screened: uuid.UUID,
    key: str,
    category: str,
    statute: str = "",
    evidence: uuid.UUID | None = None,
) -> TextContest:
    """Contest the words `key` of a screened text of this case, by one of the categories. Raises `Refused`.

    "Element of the charged offense" needs the statute and a charging document or judgment of the case.
    """
    require_own(user, case)
    if user.role != Role.OFFICER:
        raise Refused("Officers contest words; the supervisor rules on it in the review.")
    if category not in ContestCategory.values:
        raise Refused(
            "Choose the ground. That words were not used as a factor is none: take them out then.",
            field="category",
        )
    element = category == ContestCategory.ELEMENT
    statute = " ".join(statute.replace("\x00", " ").split()) if element else ""
    if element and not 0 < len(statute) <= LONGEST:
        raise Refused(f"Name the statute, with at most {LONGEST} characters.", field="statute")
    if element and not _charging(case, evidence):
        raise Refused(
            "Choose the charging document or the judgment. If the case does not hold it yet, record it as evidence "
            "first.",
            field="contest_evidence",
        )
    with transaction.atomic():
        row = ScreenedText.objects.select_for_update(of=("self",)).filter(pk=screened, case=case).first()
        word = next((one for one in from_plain(row.findings) if one.key == key), None) if row else None
        if row is None or word is None:
            raise Refused("The text was changed since, so there is nothing to contest any more. Look again.")
        contest = TextContest(
            case=case,
            row_kind=row.row_kind,
            row_id=row.row_id,
            field=row.field,
            key=key,
            attribute=word.attribute,
            rule=word.rule,
            category=category,
            statute=statute,
            evidence_id=evidence if element else None,
            raised_by=user,
            raised_at=now(),
        )
        try:
            with transaction.atomic():
                contest.save(force_insert=True)
        except IntegrityError as error:
            if "words_contested_once" not in str(error):
                raise
            raise Refused(
                "These words were contested in this sentence before. Where the supervisor refused it, take them out."
            ) from error
        payload = WordsContested(
            contest=str(contest.pk),
            row_kind=row.row_kind,
            field=row.field,
            attribute=word.attribute,
            rule=word.rule,
            words_hash=words_hash(word),
            category=category,
            statute=Committed(statute),
            evidence=Committed(str(contest.evidence_id or "")),
        )
        append(NewEntry(payload=payload, actor=actor, subject=subject(case, record=row.row_id)))
    return contest


def rule_on(*, user: User, rulings: Mapping[uuid.UUID, bool]) -> None:
    """Uphold (true) or refuse contests, within the transaction of a review whose entry tells it. Raises `Refused`."""
    contests = TextContest.objects.select_for_update(of=("self",)).filter(
        pk__in=list(rulings), state=ContestState.OPEN
    )
    for contest in contests:
        if contest.raised_by_id == user.pk:
            raise Refused("Nobody rules on their own contest. Another supervisor does.")
        contest.state = ContestState.UPHELD if rulings[contest.pk] else ContestState.REFUSED
        contest.ruled_by, contest.ruled_at = user, now()
        contest.save(update_fields=["state", "ruled_by", "ruled_at"])


def _charging(case: Case, evidence: uuid.UUID | None) -> bool:
    """Whether it is a charging document or a judgment of this case."""
    return (
        evidence is not None and Evidence.objects.filter(pk=evidence, case=case, kind__in=CHARGING).exists()
    )
