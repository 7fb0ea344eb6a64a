"""Contents of editions: every one that was ever put forward is kept, and which one is in force is a row of its own.

Invariants, held by the database as well as by the services: a content is named by the SHA-256 of its bytes and never
changes; it comes into force by a proposal that a second person activated, or with the set-up of the database; a settled
proposal stays as it is. People are kept as text, so that accounts may change and this stays.
"""

from __future__ import annotations

import pgtrigger
from django.db import models

from ledger.ids import new_id


class EditionContent(models.Model):
    """One content, as the canonical JSON that its digest is made of."""

    content_digest = models.CharField(primary_key=True, max_length=64)
    rules_digest = models.CharField(max_length=64)
    edition = models.CharField(max_length=10)
    content = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    "content_digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
                    (),
                    output_field=models.BooleanField(),
                ),
                name="edition_content_is_its_digest",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="edition_content_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.content_digest[:12]}"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    ACTIVATED = "activated", "Activated"
    DISCARDED = "discarded", "Discarded"


class EditionProposal(models.Model):
    """A content that one person puts forward. It counts from the moment at which another one activates it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.CharField(max_length=10)
    content = models.ForeignKey(EditionContent, on_delete=models.PROTECT, related_name="proposals")
    # What was in force when it was put forward: the second person sees the difference to this and to nothing else.
    replaces = models.CharField(max_length=64)
    reason = models.CharField(max_length=400)
    state = models.CharField(max_length=9, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.CharField(max_length=64)
    proposed_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    settled_by = models.CharField(max_length=64, blank=True, default="")
    settled_name = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="activated")
                | (~models.Q(settled_by="") & ~models.Q(settled_by=models.F("proposed_by"))),
                name="edition_activated_by_two",
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(state="proposed"), name="one_proposal_per_edition"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="edition_proposal_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="edition_proposal_is_settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'proposed' OR OLD.content_id <> NEW.content_id OR OLD.edition <> NEW.edition"
                    " OR OLD.replaces <> NEW.replaces OR OLD.reason <> NEW.reason"
                    " OR OLD.proposed_by <> NEW.proposed_by OR OLD.proposed_at <> NEW.proposed_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} proposed on {self.proposed_at:%Y-%m-%d} ({self.state})"


class EditionActivation(models.Model):
    """The newest of an edition says which content is in force. Ids grow, and so does the number of rows."""

    id = models.BigAutoField(primary_key=True)
    edition = models.CharField(max_length=10)
    content = models.ForeignKey(EditionContent, on_delete=models.PROTECT, related_name="activations")
    # Empty for the content that came with the set-up of the database.
    proposal = models.OneToOneField(
        EditionProposal, null=True, on_delete=models.PROTECT, related_name="activation"
    )
    activated_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="edition_activation_is_kept", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="edition_activated_by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.proposal_id IS NULL THEN
                        IF current_user <> (
                            SELECT tableowner FROM pg_catalog.pg_tables
                            WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME
                        ) THEN
                            RAISE EXCEPTION 'a content of an edition needs a proposal that two people made';
                        END IF;
                    ELSIF NOT EXISTS (
                        SELECT FROM policy_editionproposal
                        WHERE id = NEW.proposal_id AND state = 'activated'
                          AND edition = NEW.edition AND content_id = NEW.content_id
                    ) THEN
                        RAISE EXCEPTION 'the proposal of this content is not activated';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} from {self.activated_at:%Y-%m-%d}"
