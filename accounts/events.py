"""Events of accounts. Sessions are access events: they change no case."""

from __future__ import annotations

from ledger.events import Committed, EventKind, Payload, event


@event("accounts.session.opened", kind=EventKind.ACCESS, words="Signed in")
class SessionOpened(Payload):
    """A person signed in."""


@event("accounts.session.closed", kind=EventKind.ACCESS, words="Signed out")
class SessionClosed(Payload):
    """A person signed out. `reason` is `asked` or `idle`."""

    reason: str


@event("accounts.session.refused", kind=EventKind.ACCESS, words="Sign-in refused")
class SessionRefused(Payload):
    """A sign-in failed. The name as typed may be a password typed into the wrong field, so it is committed only."""

    username: Committed[str]
    locked: bool


@event("accounts.training.recorded", kind=EventKind.CHANGE, words="Recorded a training")
class TrainingRecorded(Payload):
    """Who was trained is the subject `user`."""

    course: str
    edition_key: str
    completed_on: str
    expires_on: str


@event("accounts.training.listed", kind=EventKind.ACCESS, words="Looked at training")
class TrainingListed(Payload):
    """The trainings of an office, or of oneself."""


@event("accounts.office.zone_set", kind=EventKind.CHANGE, words="Set the time zone of an office")
class OfficeZoneSet(Payload):
    """`zone` is an IANA name, such as America/Denver."""

    office: str
    zone: str


@event("accounts.token.issued", kind=EventKind.CHANGE, words="Issued an API token")
class TokenIssued(Payload):
    """Whose token it is, is the subject `user`. The token itself is nowhere."""

    expires_on: str
