"""What the description promises holds: no failure, no status and no shape that is not in it, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from assessment.models import Decision
from cases.api.base import ApiView
from config.api.schema import describe, problems_of, views
from config.routes import OFFICER, ROUTES, SUPERVISOR
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import Situation

# The description lists the choices of the activated edition.
pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 12


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A real WSGI request would close the connection that holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_every_operation_names_a_page_and_all_its_answers() -> None:
    described = describe()
    assert described["openapi"].startswith("3.")
    addresses = described["paths"]
    assert len(addresses) == len(views())
    for view in views():
        for method, operation in view.operations.items():
            assert operation.page in ROUTES
            assert hasattr(view, method.lower()), view
            found = [
                one[method.lower()]
                for one in addresses.values()
                if one.get(method.lower(), {}).get("operationId")
                == f"{view.__name__.lower()}_{method.lower()}"
            ]
            assert len(found) == 1, view
            statuses = {int(status) for status in found[0]["responses"]}
            assert statuses == {operation.status, *problems_of(operation, method)}
            assert {400, 401, 403, 500} <= statuses


def test_an_address_is_open_to_whom_one_of_its_operations_is() -> None:
    from config.api.urls import urlpatterns

    for one in urlpatterns:
        view = getattr(one.callback, "cls", None)
        if view in views():
            pages = [ROUTES[operation.page] for operation in view.operations.values()]
            assert ROUTES[f"api:{one.name}"] == frozenset().union(*pages), one.name


@pytest.mark.django_db
def test_no_body_presets_an_answer() -> None:
    assert "'default'" not in str(describe()["paths"])


def _of(role: str) -> list[Any]:
    """Operations of a role."""
    return [
        pytest.param(view, method, id=f"{view.__name__}-{method}")
        for view in views()
        for method, operation in view.operations.items()
        if role in ROUTES[operation.page]
    ]


def _operation(api: Api, view: type[ApiView], method: str) -> Any:
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/schema/", WSGIHandler(), headers={"Authorization": f"Bearer {api.token}"}
    )
    schema.config.generation.update(with_security_parameters=False)
    return schema.find_operation_by_id(f"{view.__name__.lower()}_{method.lower()}")


def _send(api: Api, operation: Any, mode: GenerationMode, known: dict[str, str]) -> None:
    """Send what fits, or what does not, to things that are there and to others."""
    seen = set()

    @seed(7)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), there=st.sampled_from([True, True, False]))
    def run(case: Any, there: bool) -> None:
        if there and case.path_parameters:
            case.path_parameters = {
                name: known.get(name, value) for name, value in case.path_parameters.items()
            }
        response = case.call(headers={"Authorization": f"Bearer {api.token}"})
        case.validate_response(response, checks=CHECKS)
        seen.add(response.status_code)

    try:
        run()
    except Unsatisfiable:
        # Where nothing can be filled in, nothing can be wrong.
        assert mode is GenerationMode.NEGATIVE
        return
    assert seen


# One operation a test: the database ends a transaction that takes too long.
MODES = pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)


@MODES
@pytest.mark.parametrize(("view", "method"), _of(OFFICER))
def test_whatever_an_officer_sends(
    api: Api, at: Situation, full: Decision, view: type[ApiView], method: str, mode: GenerationMode
) -> None:
    known = {
        "case_id": str(at.case.pk),
        "fact_id": str(at.rows["conduct"].pk),
        "assessment_id": str(full.assessment_id),
        "decision_id": str(full.pk),
        "step": "factors",
    }
    _send(api, _operation(api, view, method), mode, known)


@MODES
@pytest.mark.parametrize(("view", "method"), _of(SUPERVISOR))
def test_whatever_a_supervisor_sends(
    at: Situation, boss: User, view: type[ApiView], method: str, mode: GenerationMode
) -> None:
    decision = situations.signed(at)
    known = {
        "case_id": str(at.case.pk),
        "decision_id": str(decision.pk),
        "assessment_id": str(decision.assessment_id),
    }
    api = Api(boss)
    _send(api, _operation(api, view, method), mode, known)


@pytest.mark.parametrize("address", ["cases/", "review/next/"])
def test_another_role_gets_documented_answers(at: Situation, address: str) -> None:
    from tests import factories

    other = Api(factories.user("auditor"))
    other.post(address, {}, 403)
