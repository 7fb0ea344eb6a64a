"""Refusals as problem details (RFC 9457), with the texts that the pages show. Never a stack trace, never markup."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from pydantic import BaseModel
from rest_framework import exceptions

from assessment import errors as assessment_errors
from assessment import workflow
from cases import errors as case_errors
from cases.api import base
from cases.api.shapes import CaseLine, line_of_match
from ledger.context import request_id
from policy.services import current
from review import errors as review_errors

MEDIA_TYPE = "application/problem+json"

# Kind, status, title, and the text when nothing better is known.
KINDS: dict[str, tuple[int, str, str]] = {
    "unreadable": (400, "The request could not be read", "Correct the request and send it again."),
    "not-signed-in": (
        401,
        "Nobody is signed in",
        "Send a valid token as 'Authorization: Bearer ...', or sign in. Nothing was done.",
    ),
    "not-allowed": (403, "This is not open to you", "Nothing was changed."),
    "not-found": (404, "There is nothing here", "Nothing is here that you may know of. Check the address."),
    "method": (405, "The address does not take this method", "Look at the schema for what it takes."),
    "conflict": (
        409,
        "Somebody else changed it",
        "It was changed since you read it. Both texts are in this answer. Nothing was overwritten.",
    ),
    "possible-duplicates": (
        409,
        "These persons may be the same",
        "Open the case of the same person. If it is another person, send the same again with 'confirmed'.",
    ),
    "not-possible": (409, "Its state does not allow this", "Read it again."),
    "taken": (409, "Somebody else was faster", "Read it again."),
    "too-large": (413, "The body is too large", "Send less at once. Nothing was saved."),
    "media-type": (
        415,
        "Only JSON is read",
        "Send the body as application/json. Nothing was done.",
    ),
    "refused": (422, "Not accepted", "What is wrong stands in 'errors'. Nothing was saved."),
    "rules-unmet": (
        422,
        "Not signed yet",
        "Not signed yet: the points below are not met. The draft is kept.",
    ),
    "too-many": (
        429,
        "Too many failures",
        "The account is locked for 15 minutes after five failures. Wait, then try again.",
    ),
    "failure": (
        500,
        "Something went wrong here",
        "Nothing was saved. Try again; if it happens again, tell your administrator the request id.",
    ),
}
BY_STATUS = {
    400: "unreadable",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method",
    413: "too-large",
    415: "media-type",
    429: "too-many",
}


class ProblemError(BaseModel):
    """One thing that is wrong. `field` is the page's name or empty for the whole. An unmet rule names where and why."""

    field: str
    reason: str
    next: str
    rule: str | None = None
    step: str | None = None
    clause: str | None = None
    clause_words: str | None = None


class Problem(BaseModel):
    """Why something was not done. A conflict carries both texts and the version that would be replaced."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[ProblemError] = []
    stored: str | dict[str, str | list[str]] | None = None
    yours: str | dict[str, str | list[str]] | None = None
    version: int | None = None
    saved_by: str | None = None
    saved_at: str | None = None
    people: list[CaseLine] | None = None
    confirmed: str | None = None


def problem(
    kind: str, detail: str = "", errors: list[ProblemError] | None = None, **more: Any
) -> HttpResponse:
    """The answer for one kind of refusal."""
    status, title, text = KINDS[kind]
    told = Problem(
        type=f"/api/v1/docs/#{kind}",
        title=title,
        status=status,
        detail=detail or text,
        request_id=request_id.get(),
        errors=errors or [],
        **more,
    )
    response = HttpResponse(told.model_dump_json(exclude_none=True), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def problem_of_status(status: int) -> HttpResponse:
    """The answer for a status that something outside the views gave."""
    return problem(BY_STATUS.get(status, "failure" if status >= 500 else "unreadable"))


def answer_for(error: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    """The framework's handler of exceptions: known refusals become problems, all else stays a failure."""
    found = _of_ours(error) or _of_the_framework(error)
    if found is not None and isinstance(error, exceptions.MethodNotAllowed):
        view = context.get("view")
        if view is not None:
            found["Allow"] = ", ".join(view.allowed_methods)
    return found


def _of_ours(error: Exception) -> HttpResponse | None:
    match error:
        case base.Invalid():
            return _refused([(one.field, one.reason, one.next) for one in error.errors])
        case base.NotOpen() | assessment_errors.NotAllowed():
            return problem("not-allowed", str(error))
        case base.PossibleDuplicates():
            people = [line_of_match(one) for one in error.people]
            return problem("possible-duplicates", people=people, confirmed=error.confirmed)
        case case_errors.Refused():
            text = f"{error.text} ({error.law})" if error.law else error.text
            return _refused([(error.field, text, _NEXT)])
        case review_errors.Refused():
            return _refused([(field, text, _NEXT) for field, text in error.errors.items()])
        case case_errors.Conflict():
            return problem(
                "conflict", str(error), stored=error.stored, yours=error.yours, version=error.version
            )
        case assessment_errors.Conflict():
            return _answers_conflict(error)
        case assessment_errors.RulesUnmet():
            return _unmet(error)
        case workflow.NotPossible():
            return problem("not-possible", str(error))
        case review_errors.Taken():
            return problem("taken", str(error))
    return None


_NEXT = base.FieldError("", "").next


def _refused(errors: list[tuple[str, str, str]]) -> HttpResponse:
    listed = [ProblemError(field=field, reason=reason, next=following) for field, reason, following in errors]
    return problem("refused", errors=listed)


def _answers_conflict(error: assessment_errors.Conflict) -> HttpResponse:
    differing = [
        name
        for name in sorted({*error.saved, *error.mine})
        if error.saved.get(name, "") != error.mine.get(name, "")
    ]
    return problem(
        "conflict",
        stored={name: error.saved.get(name, "") for name in differing},
        yours={name: error.mine.get(name, "") for name in differing},
        version=error.version,
        saved_by=error.saved_by.full_name if error.saved_by else None,
        saved_at=error.saved_at.isoformat() if error.saved_at else None,
    )


def _unmet(error: assessment_errors.RulesUnmet) -> HttpResponse:
    edition, _ = current()
    return problem(
        "rules-unmet",
        errors=[
            ProblemError(
                field=one.field,
                reason=one.what,
                next=one.next,
                rule=one.rule,
                step=one.step,
                clause=edition.clause(one.clause).id,
                clause_words=edition.clause(one.clause).text,
            )
            for one in error.unmet
        ],
    )


def _of_the_framework(error: Exception) -> HttpResponse | None:
    match error:
        case Http404() | ObjectDoesNotExist():
            return problem("not-found")
        case ValidationError():
            return _refused([("", text, _NEXT) for text in error.messages])
        case RequestDataTooBig():
            return problem("too-large")
        case PermissionDenied():
            return problem("not-allowed", str(error))
        case exceptions.ParseError():
            return problem("unreadable", str(error.detail))
        case exceptions.PermissionDenied():
            return problem("not-allowed", str(error.detail))
        case exceptions.APIException() if error.status_code in BY_STATUS:
            return problem(BY_STATUS[error.status_code])
    return None
