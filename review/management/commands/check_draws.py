"""`manage.py check_draws`: repeat every draw from a published seed. Exit 0 when all agree, 1 when one does not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from review.models import Selection
from review.regime.draws import digest_of, draw


class Command(BaseCommand):
    help = "Repeat the draws of review from the seeds that were published, and compare what they gave."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, wrong = 0, []
        rows = Selection.objects.filter(seed__closed_at__isnull=False).select_related("seed").order_by("id")
        for row in rows.iterator(chunk_size=2000):
            secret = bytes(row.seed.secret)
            again = draw(secret, row.decision_id, row.version_number).sample
            checked += 1
            if (
                digest_of(secret) != row.seed.digest
                or again != row.draw
                or row.selected != (again < row.probability)
            ):
                wrong.append(f"{row.decision_id} version {row.version_number}")
        for one in wrong:
            self.stderr.write(f"The draw of {one} is not what its seed gives.")
        self.stdout.write(f"{checked} draws repeated from published seeds, {len(wrong)} differ.")
        if wrong:
            raise CommandError("Draws differ from what was published.", returncode=1)
