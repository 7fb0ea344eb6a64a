"""What the tests stand on: the database that they are given."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_a_test_may_take_longer_than_a_request() -> None:
    """Whoever takes this away sees it here, and not as a lost connection on somebody's slow machine."""
    with connection.cursor() as cursor:
        for name in ("transaction_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == ("15min",)
