"""What `/readyz` looks at. Each probe is short and says its reason in words."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ledger import lag
from ledger.selectors import partitions_missing


def reasons_not_ready() -> list[str]:
    """Why the product cannot take work now; an empty list when it can."""
    reasons = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            reasons.append("migrations: some are not applied; run 'manage.py migrate'")
        missing = partitions_missing()
        if missing:
            reasons.append(f"log partitions: none for {', '.join(missing)}")
        waiting = lag.seconds()
        if waiting > settings.SEAL_LAG_SECONDS:
            reasons.append(f"seal lag: an entry has waited {waiting:.0f} s; is the sealer running?")
    except Exception as error:
        reasons.append(f"database: {type(error).__name__}")
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError as error:
        reasons.append(f"broker: {type(error).__name__}")
    return reasons
