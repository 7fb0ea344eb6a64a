"""Where the parts of one embedded instance lie.

One folder is one instance: `.data/` for `make run` and `make services`, `.data/test/` for the tests. Two
instances share nothing, so that a test run cannot touch the data of a demonstration.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE_SQL = ROOT / "config" / "database"


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one instance, all of them under `data`."""

    data: Path

    @property
    def postgres(self) -> Path:
        """The folder that is handed to the user PostgreSQL runs as; nobody else's files go there."""
        return self.data / "postgres"

    @property
    def cluster(self) -> Path:
        return self.postgres / "cluster"

    @property
    def postgres_log(self) -> Path:
        return self.data / "postgres.log"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def valkey_log(self) -> Path:
        return self.data / "valkey.log"

    @property
    def credentials(self) -> Path:
        return self.data / "credentials.json"

    @property
    def signing_key(self) -> Path:
        """The key that signs the log of this instance; only the sealer is told of it."""
        return self.data / "log-signing-key"

    @property
    def checkpoints(self) -> Path:
        return self.data / "checkpoints"

    @property
    def ports(self) -> Path:
        return self.data / "ports.json"

    @property
    def env(self) -> Path:
        return self.data / "env"

    @property
    def lock(self) -> Path:
        """Held while services are started or stopped, so that two starts at once make one instance."""
        return self.data / "services.lock"

    @property
    def run_lock(self) -> Path:
        """Held by the launcher as long as it lives."""
        return self.data / "run.lock"

    @property
    def pids(self) -> Path:
        return self.data / "pids"

    def make(self) -> None:
        """Make the folder of the instance. A folder that exists keeps its owner and permissions."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.pids.mkdir(exist_ok=True)
