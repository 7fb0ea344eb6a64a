"""Reads of contents: what is in force, what waits, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass

from policy import contents
from policy.editions import Edition, available, load
from policy.editions.diff import Difference, compare
from policy.models import EditionActivation, EditionProposal, ProposalState


@dataclass(frozen=True, slots=True)
class Line:
    """One edition. `files` is None where the release no longer has it, `active` where it never came into force."""

    key: str
    active: Edition | None
    files: Edition | None
    proposal: EditionProposal | None

    @property
    def shown(self) -> Edition:
        edition = self.active or self.files
        if edition is None:
            raise LookupError(f"edition {self.key} has neither files nor a content in force")
        return edition

    @property
    def differs(self) -> bool:
        """Whether the files say something else than what is in force."""
        return self.files is not None and (
            self.active is None or self.files.content_digest != self.active.content_digest
        )

    @property
    def state(self) -> str:
        """In words: in force, proposed by the files, or waiting for the second person."""
        if self.proposal is not None:
            return "Put forward, waits for a second policy manager"
        if self.differs:
            return "Proposed by the files of this release, not in force"
        return (
            "In force as in the files" if self.files is not None else "In force; the files no longer have it"
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A content that is not in force, beside the one that is. `proposal` is None while nobody put it forward."""

    edition: Edition
    difference: Difference | None
    proposal: EditionProposal | None


def lines() -> list[Line]:
    """Every edition, newest first."""
    proposals = {one.edition: one for one in EditionProposal.objects.filter(state=ProposalState.PROPOSED)}
    return [_line(key, proposals.get(key)) for key in reversed(contents.known_keys())]


def line(key: str) -> Line:
    """One edition."""
    return _line(key, EditionProposal.objects.filter(edition=key, state=ProposalState.PROPOSED).first())


def _line(key: str, proposal: EditionProposal | None) -> Line:
    return Line(
        key=key,
        active=contents.in_force(key) if contents.activated(key) else None,
        files=load(key) if key in available() else None,
        proposal=proposal,
    )


def waiting(key: str) -> Waiting | None:
    """What waits for an edition: what was put forward, else what the files propose."""
    found = line(key)
    if found.proposal is not None:
        edition = contents.by_digest(found.proposal.content_id)
    elif found.differs and found.files is not None:
        edition = found.files
    else:
        return None
    return Waiting(edition, compare(found.active, edition) if found.active else None, found.proposal)


def history(key: str) -> list[EditionActivation]:
    """Every content that came into force, newest first, with the two people."""
    rows = (
        EditionActivation.objects.filter(edition=key)
        .select_related("proposal", "content")
        .defer("content__content")
    )
    return list(rows.order_by("-id"))


def approved_by(key: str) -> str:
    """Who brought the content in force, in words."""
    row = EditionActivation.objects.filter(edition=key).select_related("proposal").order_by("-id").first()
    if row is None:
        return "Nobody yet"
    if row.proposal is None:
        return "In force with the set-up of this database"
    return f"{row.proposal.proposed_name} and {row.proposal.settled_name}, {row.activated_at:%Y-%m-%d}"
