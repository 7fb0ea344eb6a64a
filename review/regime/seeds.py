"""Seeds: committed to in the log before anything is drawn from them, published when they are retired.

What this does not protect: whoever reads the database as the application does can read the open seed. It is there so
that a draw cannot be bent afterwards, and so that anybody can repeat it.
"""

from __future__ import annotations

import datetime
import secrets
from typing import Final

from django.db import transaction

from ledger.actors import SYSTEM
from ledger.clock import now
from ledger.services import NewEntry, append
from review.events import SeedCommitted, SeedPublished
from review.regime.draws import digest_of
from review.regime.models import Seed

LASTS: Final = datetime.timedelta(days=7)
SECRET_BYTES: Final = 32


def ensure_seed() -> Seed:
    """The open seed; the first one is made and committed to. Runs inside the caller's transaction or one of its own."""
    with transaction.atomic():
        seed = Seed.objects.filter(closed_at__isnull=True).first()
        return seed or open_seed(secrets.token_bytes(SECRET_BYTES))


def open_seed(secret: bytes) -> Seed:
    """Commit to a secret that nobody has drawn from yet. Another writer's open seed wins."""
    seed, made = Seed.objects.get_or_create(
        closed_at=None,
        defaults={"secret": secret, "digest": digest_of(secret), "opened_at": now()},
    )
    if made:
        append(NewEntry(payload=SeedCommitted(seed=str(seed.pk), digest=seed.digest), actor=SYSTEM))
    return seed


def retire_seed(*, older_than: datetime.timedelta = LASTS) -> Seed | None:
    """Publish a seed that is old enough and commit to the next one; what was published, or None."""
    with transaction.atomic():
        # Signatures hold the row while they draw, so that none draws from a seed that is published meanwhile.
        seed = (
            Seed.objects.select_for_update()
            .filter(closed_at__isnull=True, opened_at__lte=now() - older_than)
            .first()
        )
        if seed is None:
            return None
        seed.closed_at = now()
        seed.save(update_fields=["closed_at"])
        payload = SeedPublished(seed=str(seed.pk), digest=seed.digest, secret=bytes(seed.secret).hex())
        append(NewEntry(payload=payload, actor=SYSTEM))
        open_seed(secrets.token_bytes(SECRET_BYTES))
        return seed
