"""What other rooms ask of the guidance: the edition of the day, and the reference that a decision keeps."""

from __future__ import annotations

from typing import Final

from ledger import clock
from ledger.services import EditionRef
from policy import calendar
from policy.editions import Edition, load

FORM_EDITION: Final = "2021-09-30"
"""The edition whose questions are used on a day with no priorities in force; the status then says so."""


def reference(edition: Edition, status: str) -> EditionRef:
    """An edition as an entry names it: key, both digests, and its status on the day."""
    return EditionRef(
        key=edition.key,
        rules_digest=edition.rules_digest,
        content_digest=edition.content_digest,
        status=status,
    )


def current() -> tuple[Edition, EditionRef]:
    """The edition for `ledger.clock.policy_date()` and its reference. Never None: see `FORM_EDITION`."""
    standing = calendar.standing(clock.policy_date())
    edition = load(standing.edition_key or FORM_EDITION)
    return edition, reference(edition, standing.status)
