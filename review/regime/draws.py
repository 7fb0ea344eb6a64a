"""The draw itself: plain arithmetic that anyone can repeat once the seed is published.

A draw depends on the seed, the decision's id and the version's number, and on nothing else: signing again, or another
outcome, is no new chance. The numbers come out of one keyed hash.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draws:
    """Each below a thousand; a share of n of a thousand takes those below n."""

    sample: int
    decide_first: int
    elsewhere: int
    # For choosing one of several persons or offices; any size.
    lot: int


def digest_of(secret: bytes) -> str:
    """What is committed to before the first draw."""
    return hashlib.sha256(secret).hexdigest()


def draw(secret: bytes, decision_id: uuid.UUID, number: int) -> Draws:
    """HMAC-SHA512 over `<decision id>:<number>`; each eight bytes, big-endian, modulo a thousand."""
    drawn = hmac.new(secret, f"{decision_id}:{number}".encode(), hashlib.sha512).digest()
    numbers = [int.from_bytes(drawn[place : place + 8], "big") for place in range(0, 32, 8)]
    sample, decide_first, elsewhere = (one % 1000 for one in numbers[:3])
    return Draws(sample, decide_first, elsewhere, numbers[3])
