"""The signing key, from the environment or a file outside the repository. Read by the sealer alone, never by settings:
every process loads those.

The file (or variable) holds the signing key on its first line. After a rotation the lines below list the old public
keys: the sealer continues what they signed, and trusts no key merely because the database lists it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ledger.note_keys import ED25519, NoteError, PublicKey, SigningKey, parse_keys

VARIABLE: Final = "LOG_SIGNING_KEY"
FILE_VARIABLE: Final = "LOG_SIGNING_KEY_FILE"


class NoKey(Exception):
    """There is no signing key, or not the right one; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key that signs now, and the public keys of this log before it, the newest first."""

    signing: SigningKey
    old: tuple[PublicKey, ...] = ()

    @property
    def trusted(self) -> list[PublicKey]:
        return [self.signing.public, *self.old]

    @property
    def text(self) -> str:
        """The secret and the old keys, for the file that keeps them."""
        return "".join(f"{line}\n" for line in [self.signing.text, *(key.text for key in self.old)])


def key_file(environment: Mapping[str, str]) -> Path | None:
    """The file that the environment names."""
    named = environment.get(FILE_VARIABLE, "")
    return Path(named) if named else None


def load(origin: str, environment: Mapping[str, str] = os.environ) -> Keyring:
    """The keys of `origin`. Raises `NoKey`, whose message never holds a secret."""
    if not origin:
        raise NoKey(
            "LOG_ORIGIN is not set. Give the log a name, such as totality.example/log, that never changes."
        )
    text, file = environment.get(VARIABLE, ""), key_file(environment)
    if text:
        return parse(text, origin, VARIABLE)
    if file is None:
        raise NoKey(
            f"neither {VARIABLE} nor {FILE_VARIABLE} is set. Make a key with `manage.py log_key --out FILE`."
        )
    return parse(_read(file), origin, str(file))


def parse(text: str, origin: str, place: str) -> Keyring:
    """The keys in `text`, which came from `place`. Raises `NoKey`."""
    # One variable may hold them all, between semicolons.
    first, _, rest = text.strip().replace(";", "\n").partition("\n")
    try:
        ring = Keyring(SigningKey.parse(first), tuple(parse_keys(rest)))
    except NoteError as error:
        raise NoKey(f"{place} holds no signing key: {error}.") from None
    for key in ring.trusted:
        if key.name != origin or key.kind != ED25519:
            raise NoKey(f"a key in {place} is one of “{key.name}”, but LOG_ORIGIN is “{origin}”.")
    return ring


def generate(origin: str, after: Keyring | None = None) -> Keyring:
    """A new key; that of a rotation lists the keys `after` which it comes. Raises `NoteError` for a bad name."""
    return Keyring(SigningKey.generate(origin), tuple(after.trusted) if after else ())


def make(origin: str, file: Path, after: Keyring | None = None) -> Keyring:
    """`generate` into a new file that only its owner can read. Raises `NoKey` where the file is there already."""
    try:
        ring = generate(origin, after)
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(ring.text)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        raise NoKey(f"{file} exists. A key is never overwritten; name another file.") from None
    except (OSError, NoteError) as error:
        raise NoKey(f"no key could be made in {file}: {error}.") from None
    return ring


def _read(file: Path) -> str:
    try:
        with file.open(encoding="ascii") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            text = stream.read(65536)
    except FileNotFoundError:
        raise NoKey(
            f"{file} is not there. Put the key of this log back, or make one with `manage.py log_key --out {file}`."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise NoKey(f"{file} cannot be read: {error}.") from None
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        raise NoKey(f"{file} can be read by everybody. Take that right away: chmod o= {file}")
    return text
