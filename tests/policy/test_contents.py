"""Which content of an edition is in force: what two people activated, whatever the files of the release say.

The files are never touched here. The situation is made the other way round: an older content is brought into force, so
that the files hold a new one, as after an update.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assessment.fields import all_fields
from ledger.clock import now
from ledger.models import Entry
from policy import activation, contents
from policy.editions import FOLDER, Edition, load, load_folder
from policy.errors import NotPossible, NotThatPerson
from policy.models import EditionActivation, EditionContent, EditionProposal
from policy.services import current
from tests import factories
from tests.architecture.scene import signed_in

pytestmark = pytest.mark.django_db
KEY = "2021-09-30"
TYPO = ("clauses.yml", "Being removable is not enough", "Being removeable is not enough")
PARAMETER = ("priorities.yml", "value: 2020-11-01", "value: 2020-10-01")


def older(tmp_path: Path, change: tuple[str, str, str] = PARAMETER) -> Edition:
    """An earlier content of the edition: the files with one thing otherwise."""
    name, new, old = change
    folder = Path(shutil.copytree(FOLDER / KEY, tmp_path / KEY))
    text = (folder / name).read_text(encoding="utf-8")
    assert new in text
    (folder / name).write_text(text.replace(new, old, 1), encoding="utf-8")
    return load_folder(folder)


def bring_into_force(edition: Edition) -> None:
    """As the tables have it after two people activated a content of an earlier release."""
    kept = EditionContent.objects.create(
        content_digest=edition.content_digest,
        rules_digest=edition.rules_digest,
        edition=KEY,
        content=edition.content_bytes.decode(),
        kept_at=now(),
    )
    proposal = EditionProposal.objects.create(
        edition=KEY,
        content=kept,
        replaces="",
        reason="An earlier release",
        proposed_by="one",
        proposed_name="One",
        proposed_at=now(),
        state="activated",
        settled_by="two",
        settled_name="Two",
        settled_at=now(),
    )
    EditionActivation.objects.create(edition=KEY, content=kept, proposal=proposal, activated_at=now())
    contents.forget()


@pytest.fixture
def updated(tmp_path: Path) -> Edition:
    """The content in force; the files propose another one."""
    edition = older(tmp_path)
    bring_into_force(edition)
    return edition


def managers() -> tuple[Any, Any]:
    return factories.user(Role.POLICY), factories.user(Role.POLICY)


def put_forward(user: Any, reason: str = "The day is corrected") -> EditionProposal:
    return activation.put_forward(
        actor=user.actor(), edition_key=KEY, content_digest=load(KEY).content_digest, reason=reason
    )


def client(user: Any) -> Client:
    return signed_in(user)


def test_a_database_begins_with_the_contents_of_its_release() -> None:
    for key in contents.known_keys():
        assert contents.in_force(key).content_digest == load(key).content_digest
    for row in EditionContent.objects.all():
        assert hashlib.sha256(row.content.encode()).hexdigest() == row.content_digest


def test_what_was_activated_last_stays_in_force_while_the_files_say_something_else(updated: Edition) -> None:
    edition, reference = current()
    assert reference.content_digest == edition.content_digest == updated.content_digest
    assert str(edition.criterion("unlawful_entry_after_date").parameter("date").value) == "2020-10-01"
    assert load(KEY).content_digest != updated.content_digest


def test_a_content_is_in_force_only_after_a_second_person(updated: Edition) -> None:
    first, second = managers()
    proposal = put_forward(first)
    contents.forget()
    assert current()[0].content_digest == updated.content_digest
    with pytest.raises(NotThatPerson):
        activation.activate(actor=first.actor(), proposal_id=proposal.pk)
    contents.forget()
    assert current()[0].content_digest == updated.content_digest
    activation.activate(actor=second.actor(), proposal_id=proposal.pk)
    contents.forget()
    assert current()[0].content_digest == load(KEY).content_digest
    told = list(
        Entry.objects.filter(event__startswith="policy.").order_by("id").values_list("event", flat=True)
    )
    assert told == ["policy.edition.proposed", "policy.edition.activated"]
    activated = Entry.objects.get(event="policy.edition.activated")
    said = bytes(activated.bytes).decode()
    assert f'"proposed_by":"{first.pk}"' in said
    assert activated.actor_id == str(second.pk)
    assert load(KEY).content_digest in said
    assert updated.content_digest in said
    assert '"rules_differ":true' in said


def test_a_corrected_typo_waits_as_well_and_is_told_as_wording(tmp_path: Path) -> None:
    bring_into_force(older(tmp_path, TYPO))
    first, second = managers()
    proposal = put_forward(first, "A typo")
    assert contents.in_force(KEY).clause("I#2").title == "Being removeable is not enough"
    activation.activate(actor=second.actor(), proposal_id=proposal.pk)
    contents.forget()
    assert contents.in_force(KEY).clause("I#2").title == "Being removable is not enough"
    said = bytes(Entry.objects.get(event="policy.edition.activated").bytes).decode()
    assert '"rules_differ":false' in said


def test_every_content_that_was_in_force_is_kept(updated: Edition) -> None:
    first, second = managers()
    activation.activate(actor=second.actor(), proposal_id=put_forward(first).pk)
    assert contents.by_digest(updated.content_digest).rules_digest == updated.rules_digest
    kept = EditionContent.objects.get(pk=updated.content_digest)
    again = Edition.kept(kept.content, kept.content_digest, kept.rules_digest)
    assert again.clauses == updated.clauses
    assert EditionActivation.objects.filter(edition=KEY).count() == 3


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR])
def test_nobody_else_changes_what_is_in_force(updated: Edition, role: str) -> None:
    somebody = factories.user(role)
    with pytest.raises(NotThatPerson):
        put_forward(somebody)
    proposal = put_forward(managers()[0])
    for verb in (activation.activate, activation.set_aside):
        with pytest.raises(NotThatPerson):
            verb(actor=somebody.actor(), proposal_id=proposal.pk)


def test_what_is_not_possible_says_why(updated: Edition) -> None:
    first, second = managers()
    with pytest.raises(NotPossible, match="reason is missing"):
        put_forward(first, "  ")
    with pytest.raises(NotPossible, match="files changed"):
        activation.put_forward(actor=first.actor(), edition_key=KEY, content_digest="0" * 64, reason="x")
    proposal = put_forward(first)
    with pytest.raises(NotPossible, match="waiting already"):
        put_forward(second)
    activation.set_aside(actor=second.actor(), proposal_id=proposal.pk)
    with pytest.raises(NotPossible, match="settled"):
        activation.activate(actor=second.actor(), proposal_id=proposal.pk)
    activation.activate(actor=second.actor(), proposal_id=put_forward(first).pk)
    with pytest.raises(NotPossible, match="in force already"):
        put_forward(first)


def test_a_proposal_does_not_outlive_what_it_was_compared_with(updated: Edition, tmp_path: Path) -> None:
    first, second = managers()
    proposal = put_forward(first)
    (tmp_path / "more").mkdir()
    bring_into_force(older(tmp_path / "more", TYPO))
    with pytest.raises(NotPossible, match="Another content came into force"):
        activation.activate(actor=second.actor(), proposal_id=proposal.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policy_editioncontent SET content = content || ' '",
        "DELETE FROM policy_editioncontent",
        "UPDATE policy_editionactivation SET edition = '2014-11-20'",
        "DELETE FROM policy_editionactivation",
        "UPDATE policy_editionproposal SET reason = 'Another'",
        "UPDATE policy_editionproposal SET state = 'activated', settled_by = proposed_by",
        "INSERT INTO policy_editionactivation (edition, content_id, activated_at)"
        " SELECT edition, content_digest, now() FROM policy_editioncontent LIMIT 1",
        "INSERT INTO policy_editionactivation (edition, content_id, proposal_id, activated_at)"
        " SELECT edition, content_id, id, now() FROM policy_editionproposal WHERE state = 'proposed'",
        "INSERT INTO policy_editioncontent (content_digest, rules_digest, edition, content, kept_at)"
        " VALUES (repeat('0', 64), '', '2021-09-30', '{}', now())",
    ],
)
def test_the_database_refuses_what_the_verbs_refuse(updated: Edition, statement: str) -> None:
    put_forward(managers()[0])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_people_do_it_on_the_pages_and_see_the_difference(updated: Edition) -> None:
    first, second = managers()
    one, two = client(first), client(second)
    address = reverse("policy:content", args=[KEY])
    assert "Proposed by the files of this release" in one.get(reverse("policy:contents")).content.decode()
    page = one.get(address).content.decode()
    assert "2020-10-01" in page
    assert "2020-11-01" in page
    digest = load(KEY).content_digest
    answer = one.post(address, {"step": "put_forward", "content_digest": digest, "reason": ""})
    assert answer.status_code == 422
    assert "The reason is missing" in answer.content.decode()
    answer = one.post(address, {"step": "put_forward", "content_digest": digest, "reason": "Corrected day"})
    assert answer.status_code == 302
    mine = one.get(address).content.decode()
    assert "A second policy manager looks at the difference" in mine
    assert 'value="activate"' not in mine
    proposal = str(EditionProposal.objects.get(state="proposed").pk)
    refused = one.post(address, {"step": "activate", "proposal": proposal})
    assert refused.status_code == 422
    theirs = two.get(address).content.decode()
    assert "Corrected day" in theirs
    assert 'value="activate"' in theirs
    assert two.post(address, {"step": "activate", "proposal": proposal}).status_code == 302
    after = two.get(address).content.decode()
    assert "In force as in the files" in after
    assert first.full_name in after


def test_the_form_asks_by_the_content_in_force(tmp_path: Path) -> None:
    """Fields are made from what is in force, not from the files, and two contents never share them."""
    label = "Is this a case of border security?"
    before = older(tmp_path, ("questions.yml", label, "Is it a border case?"))
    assert all_fields(load(KEY), "border-security")["border_security_finding"].label == label
    assert all_fields(before, "border-security")["border_security_finding"].label == "Is it a border case?"
    bring_into_force(before)
    asked = all_fields(current()[0], "border-security")["border_security_finding"]
    assert asked.label == "Is it a border case?"
