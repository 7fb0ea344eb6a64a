"""The place of an action is asked; at a protected place a person under 8 U.S.C. 1367 needs the certificate (III#19).

The place is asked for both outcomes. For the certificate, INA 239(e), it looks at the outcome because the statute
speaks of an action.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("III#19")
def place_and_certificate(draft: Draft) -> list[Unmet]:
    kind = draft.edition.decision_type(draft.decision_type)
    if not kind.asks_place or draft.direction != "do":
        return []
    places = {place.key: place for place in draft.edition.action_places}
    place = places.get(draft.text("action_place"))
    if place is None:
        return [_unmet("place")]
    certified = any(piece.kind == "certificate_239e" for piece in draft.evidence.values())
    if draft.adverse and draft.protected_1367 and place.protected_239e and not certified:
        return [_unmet("certificate", place=place.label)]
    return []


def _unmet(part: str, **values: object) -> Unmet:
    return unmet(
        f"place_and_certificate.{part}", step="outcome", field="action_place", clause="III#19", **values
    )
