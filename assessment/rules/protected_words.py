"""No free text of the decision holds protected words that nobody resolved (III#18).

Resolved is what was rewritten, or contested by one of the categories and not refused by a supervisor.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.returning import label_of_text
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from cases.screening.words import unresolved
from policy.trace import carries


@carries("III#18")
def protected_words(draft: Draft) -> list[Unmet]:
    return [
        unmet(
            "protected_words",
            step=step,
            field=name,
            clause="III#18",
            where=label_of_text(draft.edition, name),
            words=word.text,
            about=word.about,
            reason=word.reason,
            rewrite=f"Write “{word.rewrite}” instead." if word.rewrite else "Leave the words out.",
        )
        for step, name in draft.spoken()
        for word in unresolved(draft.words.get(name, ()))
    ]
