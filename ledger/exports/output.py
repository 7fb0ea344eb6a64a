"""Where a bundle goes: a ZIP file or a folder. Every file is counted and digested on its way."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

# Level 1 is a third of the size of the text and three times as fast as the default, which is a fourth.
LEVEL = 1
MEDIA_TYPES = {
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
    ".py": "text/x-python",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COMPRESSED = (".parquet", ".xlsx")


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the bundle, as the manifest lists it."""

    name: str
    bytes: int
    sha256: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[Path(self.name).suffix]


class Member:
    """A file that is being written."""

    # What libraries ask of a file that they write to; this one is closed by the bundle alone.
    closed = False

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.name, self._stream = name, stream
        self._digest, self.bytes = hashlib.sha256(), 0

    def write(self, data: bytes | memoryview, /) -> int:
        self._digest.update(data)
        self._stream.write(data)
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        """Left to the bundle."""

    @property
    def written(self) -> Written:
        return Written(self.name, self.bytes, self._digest.hexdigest())


class Output(Protocol):
    """A bundle that is being written; `files` are those that are complete."""

    files: list[Written]

    def member(self, name: str) -> AbstractContextManager[Member]: ...

    def close(self) -> None: ...


class ZipOutput:
    """A ZIP64 file, deflated except for what is compressed already."""

    def __init__(self, path: Path, at: datetime) -> None:
        self.files: list[Written] = []
        self._time = at.timetuple()[:6]
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=LEVEL)

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        info = zipfile.ZipInfo(name, self._time)
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if name.endswith(COMPRESSED) else zipfile.ZIP_DEFLATED
        # What a ZipInfo carries into `open` beside the type; there is no public name for it before Python 3.13.
        info._compresslevel = LEVEL  # type: ignore[attr-defined]
        with self._zip.open(info, "w", force_zip64=True) as stream:
            member = Member(name, stream)
            yield member
        self.files.append(member.written)

    def close(self) -> None:
        self._zip.close()


class FolderOutput:
    """A folder, which must be new or empty."""

    def __init__(self, path: Path) -> None:
        self.files: list[Written] = []
        self._path = path
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise FileExistsError(f"{path} is not empty; name a new folder")

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        with (self._path / name).open("wb") as stream:
            member = Member(name, stream)
            yield member
        self.files.append(member.written)

    def close(self) -> None:
        """Nothing is open."""


def copy_into(member: Member, source: IO[bytes]) -> None:
    """Write a whole file into the bundle."""
    source.seek(0)
    shutil.copyfileobj(source, member, 1 << 16)
