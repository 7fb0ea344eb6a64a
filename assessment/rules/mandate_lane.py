"""The mandate lane of custody: statute as it stood that day, predicate, release, counsel (V#21).

Nothing is weighed for show. It refuses a charge where the statute then asked for a conviction, and a conviction that
was vacated.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from assessment.answers import read_day
from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.statutes import mandates_on
from policy.trace import carries


@carries("V#21")
def mandate_lane(draft: Draft) -> list[Unmet]:
    if not draft.mandated:
        return []
    missing = []
    statutes = {statute.key: statute for statute in mandates_on(draft.day)}
    statute = statutes.get(draft.text("mandate_statute"))
    if statute is None:
        missing.append(_unmet("statute", "mandate_statute"))
    predicate = draft.pinned("mandate_predicate")
    if not predicate:
        missing.append(_unmet("predicate", "mandate_predicate"))
    for fact in predicate:
        if statute is not None and fact.kind not in statute.predicate:
            missing.append(
                _unmet(
                    "kind", "mandate_predicate", fact=fact.summary, statute=statute.label, words=statute.words
                )
            )
        if fact.vacated:
            missing.append(_unmet("vacated", "mandate_predicate", fact=fact.summary))
    if statute is not None and statute.asks_release:
        try:
            read_day(draft.text("mandate_release_date"))
        except ValidationError:
            missing.append(_unmet("release", "mandate_release_date"))
    counsel = draft.evidence.get(draft.text("mandate_counsel"))
    if counsel is None or counsel.kind != "counsel_opinion":
        missing.append(_unmet("counsel", "mandate_counsel"))
    return missing


def _unmet(part: str, field: str, **values: object) -> Unmet:
    return unmet(f"mandate_lane.{part}", step="outcome", field=field, clause="V#21", **values)
