"""Verbs of contents: put forward, activate, set aside. Two people, each verb one transaction with its entry.

What can be put forward is the content of the files of this release, and nothing else: it was reviewed like code. It is
in force only when a second policy manager, who saw the difference, activates it.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.db import IntegrityError, transaction

from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append
from policy import contents
from policy.editions import Edition, available, load
from policy.errors import NotPossible, NotThatPerson
from policy.events import EditionActivated, EditionProposed, EditionSetAside
from policy.models import EditionActivation, EditionContent, EditionProposal, ProposalState

MANAGER: Final = "policy"
LONGEST_REASON: Final = 400


def put_forward(*, actor: Actor, edition_key: str, content_digest: str, reason: str) -> EditionProposal:
    """Propose that the files' content of an edition come into force. `content_digest` is what the person saw.

    Raises `NotPossible` when there is nothing new, something else is waiting, or the files changed meanwhile.
    """
    _manager(actor)
    reason = " ".join(reason.split())
    if not reason:
        raise NotPossible(
            "The reason is missing. Say in a sentence what changes and why; the second person reads it."
        )
    if len(reason) > LONGEST_REASON:
        raise NotPossible(f"The reason has {len(reason)} characters; {LONGEST_REASON} fit. Shorten it.")
    edition = _files(edition_key)
    if edition.content_digest != content_digest:
        raise NotPossible("The files changed since this page was opened. Look at the difference again.")
    try:
        with transaction.atomic():
            replaces = _digest_in_force(edition_key)
            if replaces == edition.content_digest:
                raise NotPossible("This content is in force already; there is nothing to put forward.")
            EditionContent.objects.get_or_create(
                content_digest=edition.content_digest,
                defaults={
                    "rules_digest": edition.rules_digest,
                    "edition": edition_key,
                    "content": edition.content_bytes.decode(),
                    "kept_at": now(),
                },
            )
            proposal = EditionProposal.objects.create(
                edition=edition_key,
                content_id=edition.content_digest,
                replaces=replaces,
                reason=reason,
                proposed_by=actor.id,
                proposed_name=actor.name,
                proposed_at=now(),
            )
            append(NewEntry(payload=EditionProposed(**_said(proposal), reason=reason), actor=actor))
    except IntegrityError as error:
        raise NotPossible(
            "A content of this edition is waiting already. It is activated or set aside first."
        ) from error
    return proposal


def activate(*, actor: Actor, proposal_id: uuid.UUID) -> EditionActivation:
    """Bring a proposed content into force, as a person other than the one who put it forward.

    Raises `NotThatPerson`, or `NotPossible` when it is settled, or what it replaces is no longer what is in force.
    """
    _manager(actor)
    with transaction.atomic():
        proposal = _open(proposal_id)
        if proposal.proposed_by == actor.id:
            raise NotThatPerson("You put this content forward. A second policy manager activates it.")
        if _digest_in_force(proposal.edition) != proposal.replaces:
            raise NotPossible(
                "Another content came into force since this one was put forward. Set it aside, and put it forward "
                "again with the difference as it is now."
            )
        _settle(proposal, ProposalState.ACTIVATED, actor)
        activation = EditionActivation.objects.create(
            edition=proposal.edition,
            content_id=proposal.content_id,
            proposal=proposal,
            activated_at=now(),
        )
        append(
            NewEntry(
                payload=EditionActivated(
                    **_said(proposal),
                    proposed_by=proposal.proposed_by,
                    proposed_name=proposal.proposed_name,
                    rules_differ=_rules_differ(proposal),
                ),
                actor=actor,
            )
        )
        transaction.on_commit(contents.forget)
    return activation


def set_aside(*, actor: Actor, proposal_id: uuid.UUID) -> EditionProposal:
    """Close a proposal without bringing it into force; either of the two may. Raises `NotPossible`."""
    _manager(actor)
    with transaction.atomic():
        proposal = _open(proposal_id)
        _settle(proposal, ProposalState.DISCARDED, actor)
        append(NewEntry(payload=EditionSetAside(**_said(proposal)), actor=actor))
    return proposal


def _manager(actor: Actor) -> None:
    if actor.role != MANAGER:
        raise NotThatPerson("Only policy managers change what is in force.")


def _files(key: str) -> Edition:
    if key not in available():
        raise NotPossible(f"The files of this release hold no edition {key!r}.")
    return load(key)


def _digest_in_force(key: str) -> str:
    """Asked of the database itself; only one proposal of an edition is open, so changes pass one by one."""
    rows = EditionActivation.objects.filter(edition=key).order_by("-id").values_list("content_id", flat=True)
    return rows.first() or ""


def _open(proposal_id: uuid.UUID) -> EditionProposal:
    proposal = EditionProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotPossible("There is no such proposal.")
    if proposal.state != ProposalState.PROPOSED:
        raise NotPossible(f"This proposal is settled: {proposal.get_state_display().lower()}.")
    return proposal


def _settle(proposal: EditionProposal, state: ProposalState, actor: Actor) -> None:
    proposal.state = state
    proposal.settled_by = actor.id
    proposal.settled_name = actor.name
    proposal.settled_at = now()
    proposal.save(update_fields=["state", "settled_by", "settled_name", "settled_at"])


def _rules_differ(proposal: EditionProposal) -> bool:
    before = EditionContent.objects.filter(pk=proposal.replaces).first()
    return before is None or before.rules_digest != proposal.content.rules_digest


def _said(proposal: EditionProposal) -> dict[str, str]:
    return {
        "edition": proposal.edition,
        "rules_digest": proposal.content.rules_digest,
        "content_digest": proposal.content_id,
        "replaces_content": proposal.replaces,
        "proposal": str(proposal.pk),
    }
