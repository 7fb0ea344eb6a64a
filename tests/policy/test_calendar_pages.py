"""The pages on which the calendar is read and changed: who sees what, what is shown first, and that no text is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Role
from policy import calendar_store
from policy.calendar_changes import services
from policy.calendar_file import seed
from policy.models import CalendarChange, CalendarRow
from tests import factories
from tests.architecture.scene import signed_in
from tests.policy.orders import an_order

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27")]
NEW = "/policy/calendar/new/"
FILLED = {
    "edition": "2021-09-30",
    "event": "partly_enjoined",
    "since": "2024-12-01",
    "until": "2024-12-15",
    "track": "District of Nowhere, 2024",
    "authority": "Temporary restraining order, District of Nowhere, 2024-12-01",
    "scope": "Part II, as far as it speaks of custody.",
    "decision_types": ["custody"],
    "statutes": "8 U.S.C. 1226(c)(1)\n",
    "certainty": "background",
    "certainty_note": "The hour is not known.",
    "sources": "CA6\nDocket of an invented court",
    "reason": "An order came",
}


@pytest.fixture(autouse=True)
def practice_day(settings: Settings) -> None:
    settings.PRACTICE_DATE = datetime.date(2024, 12, 10)


def managers() -> tuple[Client, Client]:
    return signed_in(factories.user(Role.POLICY)), signed_in(factories.user(Role.POLICY))


def page(client: Client, address: str, **others: Any) -> str:
    return client.get(address, **others).content.decode()


def test_two_people_do_it_on_the_pages_and_see_the_difference() -> None:
    one, two = managers()
    looked = one.post(NEW, FILLED | {"step": "look"})
    assert looked.status_code == 200
    text = looked.content.decode()
    assert "In force, partly enjoined, since 2024-12-01" in text
    assert "In force, since 2024-12-15" in text
    assert "Nothing is put forward yet." in text
    assert "The hour is not known.</textarea>" in text
    assert CalendarChange.objects.count() == 0
    assert one.post(NEW, FILLED | {"step": "put_forward"}).status_code == 302
    change = CalendarChange.objects.get()
    address = reverse("policy:calendar-change", args=[change.pk])
    assert "A second policy manager looks at the difference" in page(one, address)
    assert 'value="activate"' not in page(one, address)
    refused = one.post(address, {"step": "activate", "seen": CalendarRow.objects.count()})
    assert refused.status_code == 422
    assert "A second policy manager activates it" in refused.content.decode()
    theirs = page(two, address)
    assert "In force, since 2023-07-30" in theirs
    assert "There is no open draft in any office." in theirs
    assert f'name="seen" value="{CalendarRow.objects.count()}"' in " ".join(theirs.split())
    done = two.post(address, {"step": "activate", "seen": CalendarRow.objects.count()})
    assert done.status_code == 302
    after = page(signed_in(factories.user(Role.OFFICER)), address)
    assert "What changed" in after
    assert "In force, partly enjoined, since 2024-12-01" in after
    row = CalendarRow.objects.get(event="partly_enjoined", since="2024-12-01")
    assert row.sources == ["CA6", "Docket of an invented court"]
    assert CalendarRow.objects.get(event="lifted", since="2024-12-15").track == row.track
    calendar_store.forget()
    listed = page(one, reverse("policy:calendar"))
    assert "Docket of an invented court" in listed
    assert "Court of Appeals for the Sixth Circuit, 22-3272" in listed


def test_one_judgment_over_two_editions_is_one_change_that_counts_together() -> None:
    one, two = managers()
    judgment = FILLED | {
        "also": ["2022-04-03", "2021-09-30"],
        "event": "vacated",
        "until": "",
        "decision_types": [],
        "scope": "",
        "authority": "Final judgment, District of Nowhere, 2024-12-01",
    }
    looked = one.post(NEW, judgment | {"step": "look"}).content.decode()
    assert looked.count("Vacated, since 2024-12-01") == 2
    assert one.post(NEW, judgment | {"step": "put_forward"}).status_code == 302
    change = CalendarChange.objects.get()
    assert [(row["edition"], row["component"]) for row in change.rows] == [
        ("2021-09-30", "DHS"),
        ("2022-04-03", "OPLA"),
    ]
    address = reverse("policy:calendar-change", args=[change.pk])
    assert two.post(address, {"step": "activate", "seen": CalendarRow.objects.count()}).status_code == 302
    assert CalendarRow.objects.filter(change=change).count() == 2
    wrong = one.post(NEW, judgment | {"also": ["2017-02-20"], "since": "2015-01-01", "step": "put_forward"})
    assert wrong.status_code == 422
    assert "there is a gap between them" in wrong.content.decode()


def test_the_page_goes_on_showing_what_was_activated() -> None:
    first, second = factories.user(Role.POLICY), factories.user(Role.POLICY)
    changes = []
    for key, day in (("one", "2024-12-01"), ("two", "2024-12-05")):
        row = an_order(key=key, since=day, track=f"District of {key}")
        change = services.put_forward(actor=first.actor(), rows=[row], reason=key)
        services.activate(actor=second.actor(), change_id=change.pk, seen=CalendarRow.objects.count())
        changes.append(change)
    calendar_store.forget()
    text = page(signed_in(first), reverse("policy:calendar-change", args=[changes[0].pk]))
    assert "In force, partly enjoined, since 2024-12-01" in text
    assert "District of two" not in text


WRONG = [
    ({"edition": ""}, "id_edition", "Choose the edition"),
    ({"since": "tomorrow"}, "id_since", "This could not be read as a day. Write it as 2021-11-29."),
    ({"until": "2024-11-30"}, "id_until", "The end is not after the beginning, 2024-12-01."),
    ({"event": "rescinded", "track": ""}, "id_until", "Only an order runs out by itself."),
    ({"track": ""}, "id_track", "Name the proceeding"),
    ({"decision_types": []}, "id_decision_types_0", "Choose which"),
    ({"sources": ""}, "id_sources", "at least one source"),
    ({"sources": "x" * 201}, "id_sources", "has 201 characters; 200 fit"),
    ({"since": "2021-01-01"}, "id_since", "there is a gap between them"),
    ({"reason": " "}, "id_reason", "The reason is missing."),
]


@pytest.mark.parametrize(("change", "field", "words"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    change: dict[str, Any], field: str, words: str
) -> None:
    client = managers()[0]
    answer = client.post(NEW, FILLED | change | {"step": "put_forward"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in text
    assert words in text
    assert "The hour is not known.</textarea>" in text
    assert CalendarChange.objects.count() == 0


def test_a_row_is_corrected_from_the_list_and_both_stay() -> None:
    one, two = managers()
    listed = page(one, reverse("policy:calendar"))
    assert f"{NEW}?row=2021-09-30-vacated" in listed
    address = f"{NEW}?row=2021-09-30-vacated"
    form = page(one, address)
    assert 'value="2022-06-25"' in form
    wrong = seed().calendar.known_at(None)
    (row,) = [one for one in wrong if one.key == "2021-09-30-vacated"]
    answer = one.post(
        address,
        {
            "step": "put_forward",
            "edition": row.edition,
            "event": "vacated",
            "since": "2022-06-24",
            "track": row.track,
            "authority": row.authority,
            "certainty": "confirmed",
            "sources": "NUSA",
            "reason": "The docket has the day",
        },
    )
    assert answer.status_code == 302
    change = CalendarChange.objects.get()
    shown = page(two, reverse("policy:calendar-change", args=[change.pk]))
    assert "Correct the row “2021-09-30-vacated”" in shown
    assert "2022-06-24" in shown
    services.activate(
        actor=factories.user(Role.POLICY).actor(), change_id=change.pk, seen=CalendarRow.objects.count()
    )
    calendar_store.forget()
    new_key = change.rows[0]["key"]
    everything = page(one, reverse("policy:calendar") + "?rows=all")
    assert f'id="row-{new_key}"' in everything
    assert 'id="row-2021-09-30-vacated"' in everything
    assert 'id="row-2021-09-30-vacated"' not in page(one, reverse("policy:calendar"))
    assert one.get(address).status_code == 404
    late = one.post(address, FILLED | {"since": "2022-06-23", "until": "", "step": "put_forward"})
    assert late.status_code == 422
    assert "does not stand any more" in late.content.decode()


def test_a_row_is_taken_back_whatever_else_the_form_says() -> None:
    one, _ = managers()
    answer = one.post(
        f"{NEW}?row=2021-09-30-vacated",
        FILLED | {"event": "retracted", "until": "", "step": "look"},
    )
    assert answer.status_code == 422, "the row that ends it would stand alone"
    assert "“2021-09-30-reinstated” of 2023-07-30 ends an order" in answer.content.decode()
    assert (
        one.post(
            f"{NEW}?row=2021-09-30-reinstated",
            FILLED | {"event": "retracted", "until": "", "step": "put_forward"},
        ).status_code
        == 302
    )
    (row,) = CalendarChange.objects.get().rows
    assert (row["since"], row["track"]) == ("2023-07-30", "Southern District of Texas, 2022")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
def test_all_staff_read_the_rows_and_only_managers_what_waits(role: str) -> None:
    first = factories.user(Role.POLICY)
    change = services.put_forward(actor=first.actor(), rows=[an_order()], reason="Not yet public")
    client = signed_in(factories.user(role))
    listed = page(client, reverse("policy:calendar"))
    assert "Final judgment, Southern District of Texas" in listed
    assert "Not yet public" not in listed
    assert "Correct" not in listed
    assert client.get(reverse("policy:calendar-change", args=[change.pk])).status_code == 403
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, FILLED | {"step": "put_forward"}).status_code == 403


def test_a_change_that_no_longer_fits_says_so_before_anyone_presses() -> None:
    first, second = factories.user(Role.POLICY), factories.user(Role.POLICY)
    one = services.put_forward(actor=first.actor(), rows=[an_order()], reason="One")
    other = services.put_forward(
        actor=first.actor(), rows=[an_order(key="other", scope="More.")], reason="Other"
    )
    services.activate(actor=second.actor(), change_id=one.pk, seen=CalendarRow.objects.count())
    text = page(signed_in(second), reverse("policy:calendar-change", args=[other.pk]))
    assert "It does not fit the calendar as it is now." in text
    assert "the two overlap" in text


def test_declining_without_a_reason_is_said_at_the_field() -> None:
    change = services.put_forward(actor=factories.user(Role.POLICY).actor(), rows=[an_order()], reason="One")
    client = managers()[0]
    address = reverse("policy:calendar-change", args=[change.pk])
    answer = client.post(address, {"step": "decline", "declined": ""})
    assert answer.status_code == 422
    assert '<a href="#change-declined">' in answer.content.decode()
    assert client.post(address, {"step": "decline", "declined": "Stayed at once"}).status_code == 302
    assert "Stayed at once" in page(client, address)
    assert client.post(address, {"step": "activate", "seen": "0"}).status_code == 422


def test_what_waits_stands_on_the_first_page_of_the_second_person() -> None:
    first, second = factories.user(Role.POLICY), factories.user(Role.POLICY)
    change = services.put_forward(actor=first.actor(), rows=[an_order()], reason="An order came at night")
    address = reverse("policy:calendar-change", args=[change.pk])
    theirs = page(signed_in(second), "/")
    assert f'href="{address}"' in theirs
    assert "Your own changes" not in theirs
    mine = page(signed_in(first), "/")
    assert "Your own changes, which wait for another policy manager" in mine
    assert "Nothing waits." in mine
    assert "Every edition is in force as this release has it." in mine
