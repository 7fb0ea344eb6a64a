"""What other rooms ask of the guidance: the edition of the day, and the reference that a decision keeps."""

from __future__ import annotations

from typing import Final

from ledger import clock
from ledger.services import EditionRef
from policy import contents, selectors
from policy.editions import Edition
from policy.standing import Standing

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


def edition_for(standing: Standing) -> Edition:
    """The edition whose questions a form asks on a day."""
    key = standing.edition_key
    return contents.in_force(key if key and contents.activated(key) else FORM_EDITION)


def current() -> tuple[Edition, EditionRef]:
    """The edition for `ledger.clock.policy_date()` and its reference. Never None: see `FORM_EDITION`."""
    standing = selectors.standing(clock.policy_date())
    edition = edition_for(standing)
    return edition, reference(edition, standing.status_of(edition.key))
