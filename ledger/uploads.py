"""How much a form may send. What is larger is refused before it is read, with its size and what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

# The page that takes whole bundles.
LARGE = "/log/verify/"


class LimitedUpload(FileUploadHandler):
    """First in the row of handlers; keeps nothing itself."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        request: HttpRequest | None = self.request
        most = settings.LARGEST_UPLOAD if request and request.path == LARGE else settings.LARGEST_FORM
        if content_length > most:
            raise RequestDataTooBig(
                f"What was sent has {content_length:,} bytes; {most:,} are allowed here. Send less at once; check a"
                " large export with verify.py on your own machine."
            )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
