"""People who reach the log's pages, signed in as they would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from tests.support.cluster import Cluster

PASSWORD = "a passphrase of the tests"


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    """`signed_in(role)` gives a client whose session belongs to a new user of that role."""

    def sign_in(role: str) -> Client:
        office, _ = Office.objects.get_or_create(key="north", defaults={"name": "North"})
        User.objects.create_user(
            username=f"log-{role}",
            password=PASSWORD,
            full_name=f"Robin {role.title()}",
            role=role,
            office=office,
        )
        client = Client()
        answer = client.post(reverse("accounts:login"), {"username": f"log-{role}", "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return sign_in


@pytest.fixture
def auditor(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("auditor")


@pytest.fixture(scope="session")
def sealing_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster.start(tmp_path_factory.mktemp("cluster") / "data")
    yield made
    made.stop()


@pytest.fixture
def cluster(sealing_cluster: Cluster, django_db_blocker: Any) -> Iterator[Cluster]:
    """An empty log in a cluster where nobody else works, which Django uses during the test."""
    sealing_cluster.empty()
    with django_db_blocker.unblock(), sealing_cluster.served():
        yield sealing_cluster
