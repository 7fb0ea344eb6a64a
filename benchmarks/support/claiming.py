"""One supervisor in a process of its own, who takes the next decision again and again."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

OFFICE = "los-angeles"


def serve(pipe: Connection, place: int, name: str) -> None:
    """Waits for `(variant, until)` and answers how many decisions it took by then; None ends it."""
    from accounts.models import User
    from benchmarks.support.filled import point_at
    from review.services import claim_next

    point_at(name)
    bosses = User.objects.filter(role="supervisor", office=OFFICE).order_by("username")
    boss = bosses[place % bosses.count()]
    actor = boss.actor()
    pipe.send(0)
    while (asked := pipe.recv()) is not None:
        _, until = asked
        count = 0
        while time.time() < until and claim_next(actor=actor, user=boss) is not None:
            count += 1
        pipe.send(count)
