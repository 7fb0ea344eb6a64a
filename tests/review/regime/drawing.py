"""Signing under a regime that is known: an office without full review, and a seed whose draws a test can choose."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.models import Office
from assessment.models import Decision
from review.models import Selection
from review.regime.draws import Draws, draw
from review.regime.seeds import open_seed
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation


def sampled_office(key: str = "sampleton", name: str = "Sampleton") -> Office:
    """An office whose first days are over: the edition's sample is drawn there."""
    return Office.objects.create(key=key, name=name)


def ready(office: Office) -> Situation:
    return situations.ready(factories.user("officer", at=office))


def seed_for(decision: Decision, wanted: Callable[[Draws], bool], number: int = 1) -> bytes:
    """Open a seed under which the draw of this decision is as wanted. Nothing was drawn in this test before."""
    for count in itertools.count():
        secret = count.to_bytes(32, "big")
        if wanted(draw(secret, decision.pk, number)):
            break
    with transaction.atomic():
        open_seed(secret)
    return secret


def sign_drawn(
    at: Situation, wanted: Callable[[Draws], bool], *, kind: str = "detainer", **changes: Any
) -> tuple[Decision, Selection]:
    """A decision of this case signed under such a seed, with its selection."""
    decision = situations.fill(at, situations.started(at, kind), **changes)
    seed_for(decision, wanted)
    situations.sign(decision)
    signed = Decision.objects.get(pk=decision.pk)
    return signed, signed.selections.get(version_number=1)
