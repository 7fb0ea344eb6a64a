"""What surrounds a call: the id of the web request that it serves. Empty outside a request."""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
