"""Asking a witness: by a command or by HTTP, both with the request of C2SP `tlog-witness`.

`LOG_WITNESSES` has one witness on each line (or between semicolons): its verifier key, a space, and either an https
address or a command that reads the request from stdin (such as `python -m ledger.witness ...`).
"""

from __future__ import annotations

import shlex
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Final

from ledger.note_keys import COSIGNATURE, NoteError, PublicKey, Signature
from ledger.notes import Note
from ledger.witness import OTHER_SIZE, OtherSize, Request

SECONDS: Final = 3.0
MOST_BYTES: Final = 64_000
CONFLICT: Final = 409


class WitnessFailed(Exception):
    """A witness did not sign; the message says why. The log goes on without it."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Where one witness is asked, and the key that its answer must be signed with."""

    key: PublicKey
    place: str

    @classmethod
    def parse(cls, line: str) -> Witness:
        """Raises `NoteError`."""
        text, _, place = line.strip().partition(" ")
        key = PublicKey.parse(text)
        if key.kind != COSIGNATURE or not place.strip():
            raise NoteError(
                "a witness is written as its key (of the kind 0x04), a space, and an address or a command"
            )
        if "://" in place and not place.strip().startswith("https://"):
            raise NoteError(f"the witness {key.name} is asked by https or by a command")
        return cls(key, place.strip())

    def ask(self, request: Request) -> Signature:
        """The cosignature, checked. Raises `OtherSize` or `WitnessFailed`."""
        answer = self._post(str(request)) if self.place.startswith("https://") else self._run(str(request))
        try:
            note = Note.parse(request.note)
            signed = Note.parse(f"{note.text}\n{answer}").verified_by([self.key])
        except NoteError as error:
            raise WitnessFailed(f"{self.key.name}: {error}") from None
        if not signed:
            raise WitnessFailed(f"{self.key.name}: the answer holds no signature of its key")
        return signed[0][1]

    def _run(self, request: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, from the environment
                shlex.split(self.place),
                input=request,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise WitnessFailed(f"{self.key.name}: {type(error).__name__}") from None
        if done.returncode == OTHER_SIZE:
            raise self._other_size(done.stdout)
        if done.returncode:
            raise WitnessFailed(
                f"{self.key.name}: {done.stderr.strip()[-300:] or f'exit code {done.returncode}'}"
            )
        return done.stdout

    def _post(self, request: str) -> str:
        address = self.place.rstrip("/") + "/add-checkpoint"
        # Only an https address comes here.
        asked = urllib.request.Request(address, data=request.encode(), method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
                return str(answer.read(MOST_BYTES).decode())
        except urllib.error.HTTPError as error:
            if error.code == CONFLICT:
                raise self._other_size(error.read(100).decode(errors="replace")) from None
            raise WitnessFailed(f"{self.key.name}: answered {error.code}") from None
        except (OSError, ValueError) as error:
            raise WitnessFailed(f"{self.key.name}: {type(error).__name__}") from None

    def _other_size(self, text: str) -> OtherSize | WitnessFailed:
        size = text.strip()
        if size.isascii() and size.isdigit() and len(size) < 20:
            return OtherSize(int(size))
        return WitnessFailed(f"{self.key.name}: remembers another size and does not say which")


def parse_list(text: str) -> list[Witness]:
    """The witnesses of `LOG_WITNESSES`. Raises `NoteError`."""
    lines = (line.strip() for line in text.replace(";", "\n").splitlines())
    return [Witness.parse(line) for line in lines if line]
