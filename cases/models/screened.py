"""What the screen found in a stored text, and what an officer contests of it.

Invariants: one row a text, replaced with it; a contest is ruled on once, by somebody who did not raise it; the words
themselves stand nowhere here but in the excerpts of `findings`, which go when the text goes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.evidence import Evidence
from ledger.ids import new_id


class ScreenedText(models.Model):
    """One text of one row: `row_kind` and `row_id` name the row, `field` the text in it.

    `findings` is a list of `cases.screening.words.Word` as plain values; empty says that the screen found nothing.
    `words_until` is the last version of the row that still had words which were taken out since, 0 when none were: a
    pin to that version or an earlier one died with them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    row_kind = models.CharField(max_length=20)
    row_id = models.UUIDField()
    field = models.CharField(max_length=80)
    text_digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    lexicon = models.CharField(max_length=64)
    imported = models.BooleanField(default=False)
    words_until = models.PositiveIntegerField(default=0)
    screened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row_id", "field"], name="text_screened_once"),
        ]
        indexes = [
            models.Index(
                fields=["case"], name="screened_with_words", condition=~Q(findings=[]) | Q(words_until__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_kind}.{self.field}"


class ContestCategory(models.TextChoices):
    """The only grounds. That words were "not used as a factor" is none."""

    NOT_A_PERSON = "not_a_person", "Not about a person"
    NAME = "name", "Name of a person, place or organization"
    VICTIM_OR_WITNESS = "victim_or_witness", "About a victim or witness"
    ELEMENT = "element_of_offense", "Element of the charged offense"
    CARE = "access_or_care", "Access or care need"
    LEGAL_TERM = "legal_term", "Legal term"


class ContestState(models.TextChoices):
    OPEN = "open", "Waits for the supervisor"
    UPHELD = "upheld", "Upheld"
    REFUSED = "refused", "Refused"


class TextContest(models.Model):
    """`key` names the words in their sentence (see `cases.screening.words`): another sentence is another contest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contests")
    row_kind = models.CharField(max_length=20)
    row_id = models.UUIDField()
    field = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    attribute = models.CharField(max_length=30)
    rule = models.CharField(max_length=120)
    category = models.CharField(max_length=20, choices=ContestCategory)
    # For an element of the charged offense alone: the statute, and the charging document or judgment.
    statute = models.CharField(max_length=120, blank=True, default="")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ContestState, default=ContestState.OPEN)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row_id", "field", "key"],
                name="words_contested_once",
            ),
            models.CheckConstraint(condition=Q(category__in=ContestCategory.values), name="contest_category"),
            models.CheckConstraint(
                condition=~Q(category="element_of_offense") | (~Q(statute="") & Q(evidence__isnull=False)),
                name="element_names_statute",
            ),
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(ruled_by__isnull=False, ruled_at__isnull=False) & ~Q(ruled_by=F("raised_by"))),
                name="contest_ruled_by_another",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="contest_of_case")]

    def __str__(self) -> str:
        return f"{self.category} ({self.state})"
