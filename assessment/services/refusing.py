"""A refusal at signing: one entry, and what the supervisor must know of refused words later.

The log never holds the words: rule, attribute, field, count and a keyed hash tell of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from accounts.models import User
from assessment.draft import Draft
from assessment.events import RefusedWord, SigningRefused, TextRefused
from assessment.models import Decision, RefusedText
from assessment.rules import Unmet
from assessment.services.common import subject_of
from cases.protected.refused import seal
from cases.screening.words import Word, words_hash
from ledger.actors import Actor
from ledger.services import NewEntry, append


def refuse_signing(
    *, actor: Actor, user: User, decision: Decision, unmet: Sequence[Unmet], draft: Draft
) -> None:
    """One entry within the caller's transaction: of the rules alone, or of the words where the screen refused some."""
    rules = sorted({one.rule for one in unmet})
    refused = [(name, word) for name, word in draft.spoken_words() if not word.resolved]
    if not refused:
        append(NewEntry(payload=SigningRefused(rules=rules), actor=actor, subject=subject_of(decision)))
        return
    payload = TextRefused(rules=rules, words=counted(refused))
    entry = append(NewEntry(payload=payload, actor=actor, subject=subject_of(decision)))[0]
    seal(entry_id=entry.pk, refused=refused)
    RefusedText.objects.bulk_create(
        [
            RefusedText(
                decision=decision,
                entry_id=entry.pk,
                field=name,
                attribute=word.attribute,
                key=words_hash(word),
                refused_by=user,
                at=entry.at,
            )
            for name, word in refused
        ],
        ignore_conflicts=True,
    )


def counted(refused: Sequence[tuple[str, Word]]) -> list[RefusedWord]:
    """The refused words as the log tells of them, equal ones of a field counted together."""
    seen = Counter((word.rule, word.attribute, name, words_hash(word)) for name, word in refused)
    return [
        RefusedWord(rule=rule, attribute=attribute, field=name, count=count, words_hash=digest)
        for (rule, attribute, name, digest), count in seen.items()
    ]
