"""The description for programs, and the same as a page for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import ApiView
from config.api.problems import KINDS
from config.api.schema import describe


class Description(ApiView):
    """OpenAPI 3. It stands in no table of operations, because it speaks of none of a case."""

    schema = None

    def get(self, request: Request) -> Response:
        return Response(describe())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation in a list, without scripts."""
    described = describe()
    operations = [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "address": address,
            "summary": operation["summary"],
            "roles": operation["description"],
            "fields": _fields(operation, described),
            "queries": [one for one in operation.get("parameters", []) if one["in"] == "query"],
            "answers": [(status, one["description"]) for status, one in operation["responses"].items()],
        }
        for address, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    problems = [(kind, status, title, text) for kind, (status, title, text) in KINDS.items()]
    return render(request, "api/docs.html", {"operations": operations, "problems": problems})


def _fields(operation: dict[str, Any], described: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of a body with their names and labels; of bodies that differ by kind, all of them."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    rows: dict[str, dict[str, Any]] = {}
    for schema in body.get("oneOf") or body.get("anyOf") or [body]:
        needed = set(schema.get("required", []))
        for name, one in schema.get("properties", {}).items():
            if name in rows:
                rows[name]["needed"] = rows[name]["needed"] and name in needed
                rows[name]["values"] += [
                    key for key in one.get("enum", []) if key not in rows[name]["values"]
                ]
                continue
            rows[name] = {
                "name": name,
                "label": one.get("title", ""),
                "hint": one.get("description", ""),
                "needed": name in needed,
                "values": [key for key in one.get("enum", one.get("items", {}).get("enum", [])) if key],
            }
    return [row | {"values": ", ".join(row["values"])} for row in rows.values()]
