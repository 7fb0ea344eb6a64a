"""Appending to the log, with leaf hash, case chain and a running sealer, against a plain ORM create of the same row.

In short rounds that take turns, at 1, 8 and 32 connections; then once more with a commit that takes 2 ms longer,
against a global hash chain. A cluster of its own, since sealing waits for every open transaction of a cluster; commits
wait for the disk. About two minutes.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.base import Row, row
from benchmarks.support.appending import TABLES, serve

if TYPE_CHECKING:
    from tests.support.cluster import Cluster

ROUNDS = 15
SECONDS = 0.3
CONNECTIONS = (1, 8, 32)
MOST = max(CONNECTIONS)
OURS, APART, PLAIN, CHAIN = "ours", "ours, four values apart", "plain", "chain"


def results() -> list[Row]:
    import django

    django.setup()
    from config.embedded.layout import ROOT
    from tests.support.cluster import Cluster

    folder = ROOT / ".data" / f"bench-{os.getpid()}"
    cluster = Cluster.start(folder, safe=True)
    try:
        return _measured(cluster, folder)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Crowd:
    """Writers that are ready; a round uses the first few of them."""

    def __init__(
        self, environment: dict[str, str], work: Callable[..., None] = serve, *more: object, most: int = MOST
    ) -> None:
        # Forked from one process that has Django ready: 32 that each set it up take longer than all rounds.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["benchmarks.support.ready"])
        before = dict(os.environ)
        os.environ.update(environment)
        self.pipes: list[Connection] = []
        self.processes: list[ForkServerProcess] = []
        for place in range(most):
            here, there = context.Pipe()
            process = context.Process(target=work, args=(there, place, *more), daemon=True)
            process.start()
            self.pipes.append(here)
            self.processes.append(process)
        os.environ.clear()
        os.environ.update(before)
        for pipe in self.pipes:
            pipe.recv()

    def round(self, variant: str, connections: int, lasts: float = SECONDS) -> float:
        """Entries a second."""
        began = time.time()
        for pipe in self.pipes[:connections]:
            pipe.send((variant, began + lasts))
        written = sum(pipe.recv() for pipe in self.pipes[:connections])
        return float(written / (time.time() - began))

    def end(self) -> None:
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(10)


@contextmanager
def crowd(environment: dict[str, str]) -> Iterator[Crowd]:
    made = Crowd(environment)
    try:
        yield made
    finally:
        made.end()


def _measured(cluster: Cluster, folder: Path) -> list[Row]:
    with cluster.connect("DATABASE_OWNER_URL").cursor() as cursor:
        cursor.execute(TABLES)
    sealer = cluster.command("seal_log", "--follow", LOG_CHECKPOINT_DIR=str(folder / "checkpoints"))
    environment = {**cluster.environment, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    rows: list[Row] = []
    try:
        with crowd(environment) as writers:
            for connections in CONNECTIONS:
                rates = _rounds(writers, connections, (OURS, PLAIN, APART))
                limit = "at least 0.75"
                rows.append(_figure(f"append at {connections} connections", rates, OURS, PLAIN, limit))
                rows.append(
                    _figure(f"append, four values apart, at {connections}", rates, APART, PLAIN, "none")
                )
            rows.append(_lag(cluster))
            cluster.set("commit_delay = 2000", "commit_siblings = 0")
            for connections in CONNECTIONS[1:]:
                rates = _rounds(writers, connections, (OURS, CHAIN, PLAIN))
                name = f"append at {connections} connections, commit + 2 ms"
                rows.append(_figure(name, rates, OURS, CHAIN, "at least 4"))
                rows.append(_figure(name, rates, OURS, PLAIN, "at least 0.80"))
    finally:
        sealer.terminate()
        sealer.communicate(timeout=60)
    return rows


def _rounds(writers: Crowd, connections: int, variants: Sequence[str]) -> list[dict[str, float]]:
    """The rates of each variant by round; who goes first changes with every round."""
    for variant in variants:
        writers.round(variant, connections)
    found = []
    for number in range(ROUNDS):
        turn = number % len(variants)
        ordered = [*variants[turn:], *variants[:turn]]
        found.append({variant: writers.round(variant, connections) for variant in ordered})
    return found


def _figure(metric: str, rates: list[dict[str, float]], product: str, reference: str, limit: str) -> Row:
    """The median of the rounds' own ratios: both sides of one ran within a second, whatever else went on."""
    names = {PLAIN: "plain ORM create of the same row", CHAIN: "global hash chain"}
    return row(
        "ledger_append",
        metric,
        product=statistics.median(rate[product] for rate in rates),
        reference=statistics.median(rate[reference] for rate in rates),
        reference_name=names[reference],
        ratio=statistics.median(rate[product] / rate[reference] for rate in rates if rate[reference]),
        runs=len(rates),
        unit="1/s",
        limit=limit,
    )


def _lag(cluster: Cluster) -> Row:
    """From the time in an entry to that of the seal that took it, over everything that was just written."""
    time.sleep(1)
    with cluster.connect().cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM seal.at - entry.at)), count(*)"
            "  FROM ledger_batch AS seal"
            "  JOIN ledger_leaf AS leaf ON leaf.index >= seal.first AND leaf.index < seal.first + seal.count"
            "  JOIN ledger_entry AS entry ON entry.id = leaf.entry_id"
        )
        lag, sealed = cursor.fetchone()
    return row(
        "ledger_append",
        "seal lag, p95 under full load",
        product=float(lag),
        reference=1.0,
        reference_name=f"one second; {sealed:,} entries",
        runs=1,
        unit="s",
        limit="under 1",
    )
