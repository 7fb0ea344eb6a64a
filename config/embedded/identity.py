"""As which user PostgreSQL runs.

PostgreSQL refuses to run as root. Started by an ordinary user, it runs as that user. Started by root, it
runs as `nobody`, in a folder made and handed over for it. Where `nobody` cannot reach that folder (a
checkout under a private home), it runs in a user namespace, in which root bears another number: the kernel
then still uses root's access to root's files. Opening the folders above would work too, and is never done:
they are not ours.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.errors import EmbeddedError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Identity:
    """How to start a command so that PostgreSQL accepts its user."""

    words: str
    owner: tuple[int, int] | None
    prefix: tuple[str, ...]
    switch: dict[str, Any]

    def popen(self, command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._full(command), cwd="/", **self.switch, **options)

    def run(self, command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._full(command),
            cwd="/",
            text=True,
            capture_output=True,
            check=False,
            **self.switch,
            **options,
        )

    def _full(self, command: Sequence[str | Path]) -> list[str]:
        return [*self.prefix, *(str(part) for part in command)]

    def take(self, folder: Path) -> None:
        """Hand `folder` and all that is in it to this identity. Only for folders that were made here."""
        if self.owner is None:
            return
        status = folder.stat()
        if (status.st_uid, status.st_gid) == self.owner:
            return
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), *self.owner, follow_symlinks=False)
        # The top last: an interrupted hand-over begins again at the next start.
        os.chown(folder, *self.owner)


def choose(folder: Path, program: Path) -> Identity:
    """The identity that can run `program` with its data in `folder`, which is made (0700) and handed over.

    Raises EmbeddedError with the reason when there is none.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() != 0:
        return Identity("this user", None, (), {})
    reasons: list[str] = []
    for identity in _candidates(reasons):
        identity.take(folder)
        try:
            tried = identity.run(
                ["/bin/sh", "-c", 'cd "$1" && test -w . && "$2" --version', "sh", folder, program]
            )
        except OSError as error:
            reasons.append(f"{identity.words}: {error}")
            continue
        if tried.returncode == 0:
            return identity
        reasons.append(f"{identity.words}: {tried.stderr.strip() or f'cannot write to {folder}'}")
    raise EmbeddedError(
        "PostgreSQL does not run as root, and no other way works here:\n  "
        + "\n  ".join(reasons)
        + "\nRun this as an ordinary user, move the checkout to a folder that every user can reach,"
        " or set DATABASE_URL to a PostgreSQL of your own."
    )


def _candidates(reasons: list[str]) -> list[Identity]:
    found: list[Identity] = []
    try:
        user = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        reasons.append(f"there is no user {UNPRIVILEGED}")
    else:
        switch = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        found.append(Identity(f"the user {UNPRIVILEGED}", (user.pw_uid, user.pw_gid), (), switch))
    unshare = shutil.which("unshare")
    if unshare is None:
        reasons.append("a user namespace: the command unshare is missing")
    else:
        # Any number but 0 will do, since PostgreSQL only compares numbers.
        prefix = (unshare, "--user", "--map-user=1000", "--map-group=1000", "--")
        found.append(Identity("a user namespace", (0, 0), prefix, {}))
    return found
