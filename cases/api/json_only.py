"""JSON in, JSON out. Apart from the views, because the framework loads it while it makes its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

UNREADABLE = "The body could not be read as JSON ({why}), so nothing was done. Send one JSON object in UTF-8."


class AlwaysJson(BaseContentNegotiation):
    """Every answer is JSON, whatever was asked for."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:  # type: ignore[override]
        sent = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == sent), None)

    def select_renderer(  # type: ignore[override]
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return JSONRenderer(), "application/json"


class StrictJson(BaseParser):
    """JSON that the record can keep: one object, UTF-8, no half characters."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        # The framework's own reading of the body holds the limit of size.
        raw: bytes = parser_context["request"]._request.body
        try:
            data = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
            json.dumps(data, ensure_ascii=False).encode("utf-8")
        except RecursionError as error:
            raise ParseError(UNREADABLE.format(why="nested too deeply")) from error
        except ValueError as error:
            raise ParseError(UNREADABLE.format(why=type(error).__name__)) from error
        if not isinstance(data, dict):
            raise ParseError(UNREADABLE.format(why="not an object"))
        return data


def _no_number(text: str) -> float:
    raise ValueError(text)
