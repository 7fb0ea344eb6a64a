"""The OpenAPI description, made from the same table of operations that answers: forms, shapes, statuses, roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cases.api.base import ApiView, Operation
from config.api.problems import BY_STATUS, KINDS, MEDIA_TYPE, Problem

REFERENCE = "#/components/schemas/{model}"
# What every operation can answer with, and what one with a body can.
ALWAYS = (400, 401, 403, 500)
WITH_BODY = (413, 415, 422)
WORDS = {
    status: "; or: ".join(title for _, (of, title, _) in KINDS.items() if of == status)
    for status in {status for status, _, _ in KINDS.values()}
}


def problems_of(operation: Operation, method: str) -> tuple[int, ...]:
    """Every status of a refusal, in order."""
    # A body is looked at wherever one may be sent, even where none is asked for.
    sent = (413, 415) if method in ("POST", "PUT") else ()
    return tuple(
        sorted({*ALWAYS, *(WITH_BODY if operation.body else sent), *operation.problems, *operation.also})
    )


class Schema(AutoSchema):
    """One operation, described from its view's table."""

    @property
    def operation(self) -> Operation:
        operations: Mapping[str, Operation] = getattr(self.view, "operations")  # noqa: B009
        return operations[self.method]

    def get_operation_id(self) -> str:
        return f"{type(self.view).__name__.lower()}_{self.method.lower()}"

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override]
        from config.routes import ROUTES

        return "For: " + ", ".join(sorted(ROUTES[self.operation.page])) + "."

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.split(".")[0]]

    def get_auth(self) -> list[dict[str, Any]]:
        return [{"token": []}, {"session": []}]

    def get_override_parameters(self) -> list[Any]:
        return [
            OpenApiParameter(one.name, dict(one.schema), OpenApiParameter.QUERY, description=one.words)
            for one in self.operation.queries
        ]

    def get_request_serializer(self) -> Any:
        body = self.operation.body
        return {"application/json": body()} if body else None

    def get_response_serializers(self) -> Any:
        operation = self.operation
        answers: dict[Any, Any] = {}
        if operation.answer is not None:
            shape = {"$ref": REFERENCE.format(model=operation.answer.__name__)}
            words = (operation.answer.__doc__ or operation.summary).split("\n\n")[0]
            answers[operation.status, "application/json"] = OpenApiResponse(
                shape, description=" ".join(words.split())
            )
        for status in problems_of(operation, self.method):
            answers[status, MEDIA_TYPE] = OpenApiResponse(
                {"$ref": REFERENCE.format(model="Problem")},
                description=WORDS[status],
            )
        return answers


def _shapes() -> Iterator[type[BaseModel]]:
    seen: set[type[BaseModel]] = {Problem}
    for view in views():
        for operation in view.operations.values():
            if operation.answer is not None:
                seen.add(operation.answer)
    yield from sorted(seen, key=lambda one: one.__name__)


def views() -> list[type[ApiView]]:
    """Every view of the API that has operations."""
    from config.api.urls import urlpatterns

    found = []
    for one in urlpatterns:
        view = getattr(one.callback, "cls", None)
        if isinstance(view, type) and issubclass(view, ApiView) and view.operations:
            found.append(view)
    return found


def describe() -> dict[str, Any]:
    """The whole description."""
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    _, made = models_json_schema([(one, "serialization") for one in _shapes()], ref_template=REFERENCE)
    components = described.setdefault("components", {})
    components["schemas"] = components.get("schemas", {}) | made.get("$defs", {})
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "With 'X-CSRFToken' on every request that writes.",
        },
    }
    return described


__all__ = ["BY_STATUS", "Schema", "describe", "problems_of", "views"]
