"""Server time of pages against the floor: a signed-in page with one query and one log append with its commit."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.base import Row, database, in_turns, row, seconds

ROUNDS = 21
CALLS = 5


def results() -> list[Row]:
    database()
    from django.test import override_settings

    with override_settings(
        ROOT_URLCONF="benchmarks.support.floor", PRACTICE_DATE=_practice_day(), ALLOWED_HOSTS=["testserver"]
    ):
        return _measured()


def _practice_day() -> Any:
    import datetime

    return datetime.date(2024, 12, 10)


def _measured() -> list[Row]:
    from benchmarks.support import floor
    from benchmarks.support.scene import desk

    floor.open_route()
    scene = desk()

    def reach(client: Any, url: str) -> float:
        def get() -> None:
            answer = client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)

        return seconds(get, CALLS)

    rows = []
    for name, client, url, limit in scene.pages:
        client.get(url)
        product, reference, ratio = in_turns(
            lambda client=client, url=url: reach(client, url),  # type: ignore[misc]
            lambda client=client: reach(client, floor.URL),  # type: ignore[misc]
            ROUNDS,
        )
        rows.append(
            row(
                "pages",
                re.sub(r"\s+", " ", name),
                product=product * 1000,
                reference=reference * 1000,
                reference_name="floor page",
                ratio=ratio,
                runs=ROUNDS,
                unit="ms",
                limit=limit,
            )
        )
    return rows
