"""Signing: every rule on the locked rows, the document into the log, the decision to review."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.training.selectors import training_current
from assessment import selectors, workflow
from assessment.after_signing import Signing, after_signature, before_signature
from assessment.carried import notices_of, urgency_of
from assessment.errors import RulesUnmet
from assessment.events import DecisionSigned
from assessment.models import Assessment, Decision, DecisionVersion, PinnedFact
from assessment.rules import unmet_rules
from assessment.services.common import lock_for_writing, subject_of
from assessment.services.refusing import refuse_signing
from assessment.workdays import REVIEW_WITHIN, URGENT_WITHIN, add_working_days
from cases.screening.store import keep_what_is_pinned
from ledger.actors import Actor
from ledger.clock import policy_date
from ledger.services import NewEntry, append
from policy import services as policy


def sign_decision(*, actor: Actor, user: User, decision: Decision) -> DecisionVersion:
    """Sign a draft: every rule is asked on the locked rows, the document goes into the log, the decision to review.

    Raises `RulesUnmet` (an entry of the refusal is kept, the draft too), `NotAllowed` or `workflow.NotPossible`.
    """
    with transaction.atomic():
        # Nobody saves a page or adds a decision while this one is signed.
        assessment = lock_for_writing(user, decision.assessment_id)
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        target = workflow.target_of("sign", locked.state)
        work = selectors.working(assessment, locked)
        pins = [fact for name in work.draft.pin_fields() for fact in work.draft.pinned(name)]
        keep_what_is_pinned(assessment.case_id, {fact.id for fact in pins})
        work = selectors.working(assessment, locked, to_sign=True)
        unmet = unmet_rules(work.draft)
        if not unmet:
            return _sign(actor, user, assessment, locked, target, work)
    with transaction.atomic():
        refuse_signing(actor=actor, user=user, decision=locked, unmet=unmet, draft=work.draft)
    raise RulesUnmet(unmet)


def _sign(
    actor: Actor, user: User, assessment: Assessment, decision: Decision, target: str, work: selectors.Working
) -> DecisionVersion:
    # The edition and status that the rules were just asked by, read in this transaction.
    edition = work.draft.edition
    reference = policy.reference(edition, work.footing.status)
    document = selectors.document_of(work, training_lapsed=training_lapsed(user))
    number = decision.signed_number + 1
    due_on = due_if_signed_now(urgency_of(work))
    before_signature()
    entry = append(
        NewEntry(
            payload=DecisionSigned(number=number, due_on=due_on.isoformat(), document=document),
            actor=actor,
            subject=subject_of(decision),
            edition=reference,
        )
    )[0]
    decision.state = target
    decision.signed_number = number
    decision.signed_by = user
    decision.signed_at = entry.at
    decision.due_on = due_on
    decision.claimed_by = None
    decision.claimed_at = None
    decision.escalated_by = None
    decision.assigned_to = None
    decision.urgency = urgency_of(work)
    decision.notices = notices_of(work, document, number)
    decision.footing = work.footing.model_dump()
    decision.save()
    version = DecisionVersion.objects.create(
        decision=decision,
        number=number,
        entry_id=entry.pk,
        outcome=document.outcome,
        edition_key=edition.key,
        rules_digest=reference.rules_digest,
        content_digest=reference.content_digest,
        edition_status=reference.status,
        overlays=[order.model_dump() for order in work.footing.overlays],
        signed_by=user,
        signed_at=entry.at,
    )
    pinned = {
        fact.id: fact.version
        for field in work.draft.pin_fields()
        for fact in work.draft.pinned(field)
        if fact.kind != "encounter"
    }
    PinnedFact.objects.bulk_create(
        [PinnedFact(version=version, fact_id=key, fact_version=number) for key, number in pinned.items()]
    )
    after_signature(Signing(actor, user, decision, version, work.draft, document))
    return version


def due_if_signed_now(urgency: str = "") -> datetime.date:
    """The day on which the review of a decision signed today is due: sooner where it is urgent."""
    return add_working_days(policy_date(), URGENT_WITHIN if urgency else REVIEW_WITHIN)


def training_lapsed(user: User) -> bool:
    """Whether a decision signed now needs a co-signature, because the officer's training is not current."""
    return not training_current(user, settings.TRAINING_EDITION, policy_date()).current
