"""Sealing again and again: every quarter of a second while there is something, until a signal.

A database that is away is waited for. A tree that disagrees with what was signed is not sealed on: that is said in the
log of this process and tried again slowly, so that a person can look, and `/readyz` tells the growing lag.
"""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Final

import psycopg2
from psycopg2.extensions import connection, cursor

from ledger.sealing import session
from ledger.sealing.batch import Sealer, TreeDisagrees
from ledger.sealing.publishing import Publisher

logger = logging.getLogger(__name__)

INTERVAL_SECONDS: Final = 0.25
AWAY_SECONDS: Final = 1.0
DISAGREES_SECONDS: Final = 30.0


class Follower:
    """The loop of `seal_log --follow`. `stop` may be called by a signal handler."""

    def __init__(self, publisher: Publisher, alive: Path | None = None) -> None:
        self.publisher = publisher
        self.alive = alive
        self.stopping = threading.Event()

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Until `stop`. Raises `session.NoDatabase` where there is nothing to connect to."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, self.stop)
        while not self.stopping.is_set():
            try:
                opened = session.connect()
                try:
                    self._with(opened)
                finally:
                    opened.close()
            except TreeDisagrees as error:
                logger.error("The log is not sealed: %s", error)
                self.stopping.wait(DISAGREES_SECONDS)
            except psycopg2.Error as error:
                logger.warning("The database is away: %s", str(error).strip().partition("\n")[0])
                self.stopping.wait(AWAY_SECONDS)

    def _with(self, opened: connection) -> None:
        if not self._become_the_sealer(opened):
            return
        sealer = Sealer(opened, self.publisher.keys)
        with opened.cursor() as at:
            self.publisher.check(at)
            logger.info("Sealing %s with the key %s", sealer.key.name, sealer.key.public.id.hex())
            while True:
                stopping = self.stopping.is_set()
                # A seal costs much the same for one entry as for hundreds, so only a full one is followed by the next
                # at once: without the pause the sealer would take from the writers what they are waiting for.
                more = sealer.seal() >= sealer.most or sealer.is_walking
                self._publish(at, now=stopping)
                if self.alive:
                    self.alive.touch()
                # One more round after the signal: what the others wrote at their end is sealed too.
                if stopping:
                    return
                if not more:
                    self.stopping.wait(INTERVAL_SECONDS)

    def _become_the_sealer(self, opened: connection) -> bool:
        """Wait while another sealer is at work; False when asked to stop meanwhile."""
        told = False
        while not session.take_lock(opened):
            if not told:
                logger.info("Another sealer is at work; waiting for its end.")
                told = True
            if self.stopping.wait(AWAY_SECONDS):
                return False
        return True

    def _publish(self, at: cursor, *, now: bool) -> None:
        try:
            self.publisher.publish(at, now=now)
        except OSError as error:
            # The log goes on; what could not be written is written with the next checkpoint.
            logger.error("A checkpoint could not be written: %s", error)
