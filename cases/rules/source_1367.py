"""No finding of removability solely from a source that 8 U.S.C. 1367(a)(1) names.

The finding rests on the evidence of the alienage bases; where none is attached, on the source that referred
the case.
"""

from __future__ import annotations

from collections.abc import Sequence

from cases.selectors.views import EvidenceView

LAW = "8 U.S.C. 1367(a)(1)"
TEXT = (
    "The finding of removability rests solely on a source that 8 U.S.C. 1367(a)(1) names (an abuser "
    "or a member of the abuser's household), so it was not saved. Add evidence from another source, or "
    "take the charge and the bases out."
)


def removability_refusal(
    *, has_finding: bool, source_prohibited: bool, evidence: Sequence[EvidenceView]
) -> str | None:
    """The text of the refusal, or None. `evidence` is what the bases cite; `source_prohibited` tells of the
    referral."""
    if not has_finding:
        return None
    sources = [view.prohibited_1367 for view in evidence] or [source_prohibited]
    return TEXT if all(sources) else None
