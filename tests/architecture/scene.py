"""One invented case with everything on it, and people of every role and two offices, to walk the pages with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.models import Office, Role, User
from assessment import services as assessments
from assessment.blocks import did_not_look, read_all_records
from assessment.models import Assessment, Decision, DecisionVersion, Stop, Task
from assessment.selectors import working
from cases import services
from cases.dates import UncertainDate
from cases.models import Attachment, Case, Evidence, Fact, RecordRequest, RequestState
from cases.services import StatusAnswers
from cases.services.attachments import Upload
from ledger.clock import now, policy_date
from ledger.exports.jobs import request as request_export
from ledger.exports.jobs import save_scope
from ledger.exports.models import Export, SavedScope
from ledger.exports.scope import Scope
from ledger.exports.storage import path_of
from ledger.ids import new_id
from ledger.models import Entry
from policy.calendar_changes.services import put_forward
from policy.models import CalendarChange
from policy.services import current
from tests.factories import review_everything
from tests.policy.orders import an_order
from tests.support.sessions import signed_in as signed_in

FAMILY_NAME = "Quillworth"
A_NUMBER = "A012345678"
CONDUCT = "Ran a gravel barge aground at night"
RATIONALE = "The barge was his cousin's and nobody was hurt"


@dataclass
class Scene:
    """`case` is of the office `north`. `assessment` and `draft` are open; `decision` is signed and waits for review."""

    north: Office
    south: Office
    officer: User
    case: Case
    fact: Fact
    evidence: Evidence
    attachment: Attachment
    stop: Stop
    task: Task
    request: RecordRequest
    assessment: Assessment
    draft: Decision
    decision: Decision
    version: DecisionVersion
    entry: Entry
    export: Export
    saved_scope: SavedScope
    change: CalendarChange
    people: dict[tuple[str, str], User] = field(default_factory=dict)

    def person(self, role: str, office: str = "north") -> User:
        """The user of a role and office; the officer of `north` is the author of everything."""
        key = (role, office)
        if key not in self.people:
            self.people[key] = make_user(role, self.north if office == "north" else self.south)
        return self.people[key]

    def restrict(self) -> None:
        Case.objects.filter(pk=self.case.pk).update(restricted=True, version=self.case.version + 1)

    def arguments(self, route: str) -> dict[str, Any]:
        """Arguments of a route that name things of this scene."""
        known: dict[str, dict[str, Any]] = {
            "policy:edition": {"key": "2021-09-30"},
            "policy:content": {"key": "2021-09-30"},
            "policy:calendar-change": {"change_id": self.change.pk},
            "policy:on": {"day": "2024-12-10"},
            "cases:detail": {"case_id": self.case.pk},
            "cases:take": {"case_id": self.case.pk},
            "cases:status": {"case_id": self.case.pk},
            "cases:fact-new": {"case_id": self.case.pk, "kind": "conduct"},
            "cases:fact-edit": {"case_id": self.case.pk, "fact_id": self.fact.pk},
            "cases:evidence-new": {"case_id": self.case.pk},
            "cases:evidence-edit": {"case_id": self.case.pk, "evidence_id": self.evidence.pk},
            "cases:file": {"case_id": self.case.pk, "attachment_id": self.attachment.pk},
            "cases:names": {"case_id": self.case.pk},
            "cases:flags": {"case_id": self.case.pk},
            "cases:rap-sheet": {"case_id": self.case.pk},
            "cases:words": {"case_id": self.case.pk},
            "cases:sealed": {"case_id": self.case.pk},
            "cases:merge": {"case_id": self.case.pk},
            # Nobody was merged here: the right to the address is asked before the merge is looked for.
            "cases:merge-undo": {"case_id": self.case.pk, "merge_id": self.case.pk},
            "cases:request-new": {"case_id": self.case.pk},
            "cases:request-edit": {"case_id": self.case.pk, "request_id": self.request.pk},
            "assessment:start": {"case_id": self.case.pk},
            "assessment:tasks": {"assessment_id": self.assessment.pk},
            "assessment:step": {"assessment_id": self.assessment.pk, "step": "records"},
            "assessment:submit": {"assessment_id": self.assessment.pk},
            "assessment:reaffirm": {"assessment_id": self.assessment.pk},
            "assessment:decide": {"assessment_id": self.assessment.pk},
            "assessment:abandon": {"assessment_id": self.assessment.pk},
            "assessment:executed": {"decision_id": self.decision.pk},
            "assessment:stop": {"stop_id": self.stop.pk},
            "assessment:task-done": {"task_id": self.task.pk},
            "assessment:signed": {"decision_id": self.decision.pk, "number": 1},
            "assessment:signed-entry": {"entry_id": self.entry.pk},
            "review:detail": {"decision_id": self.decision.pk},
            # Nothing was told here yet: the right to the address is asked before the row is looked for.
            "review:seen": {"notification_id": self.decision.pk},
            "review:question": {"decision_id": self.decision.pk},
            "review:pause": {"decision_id": self.decision.pk},
            "review:oral": {"decision_id": self.decision.pk},
            "review:view": {"decision_id": self.decision.pk},
            "review:claim": {"decision_id": self.decision.pk},
            "review:release": {"decision_id": self.decision.pk},
            "ledger:entry": {"entry": self.entry.pk},
            **{
                f"exports:{name}": {"export": self.export.pk}
                for name in ("detail", "progress", "cancel", "repeat", "download")
            },
            "exports:forget": {"saved": self.saved_scope.pk},
            "oversight:timeline": {"case": self.case.pk},
            "oversight:list": {"listing": "no-action"},
            "oversight:download": {"report": "no-action"},
            "api:case": {"case_id": self.case.pk},
            "api:facts": {"case_id": self.case.pk},
            "api:fact": {"case_id": self.case.pk, "fact_id": self.fact.pk},
            "api:evidence": {"case_id": self.case.pk},
            "api:status": {"case_id": self.case.pk},
            "api:assessments": {"case_id": self.case.pk},
            "api:assessment": {"assessment_id": self.assessment.pk},
            "api:step": {"assessment_id": self.assessment.pk, "step": "records"},
            "api:decisions": {"assessment_id": self.assessment.pk},
            "api:draft": {"decision_id": self.draft.pk},
            "api:return-answers": {"decision_id": self.draft.pk},
            "api:sign": {"decision_id": self.draft.pk},
            "api:guidance": {"decision_id": self.draft.pk},
            "api:withdraw": {"decision_id": self.draft.pk},
            "api:review": {"decision_id": self.decision.pk},
            "api:oral": {"decision_id": self.decision.pk},
            "api:view": {"decision_id": self.decision.pk},
            **{
                f"api:{verb}": {"decision_id": self.decision.pk}
                for verb in ("question", "answer", "pause", "resume")
            },
            "api:approve": {"decision_id": self.decision.pk},
            "api:return": {"decision_id": self.decision.pk},
        }
        return known.get(route, {})

    def address(self, route: str) -> str:
        return reverse(route, kwargs=self.arguments(route))


def make_user(role: str, office: Office) -> User:
    return User.objects.create(
        username=f"{role}-{office.key}-{new_id()}"[:60],
        password="!",
        full_name=f"{Role(role).label} {office.name}",
        role=role,
        office=office,
    )


def build() -> Scene:
    north, south = (
        Office.objects.create(key="north", name="North"),
        Office.objects.create(key="south", name="South"),
    )
    for office in (north, south):
        review_everything(office)
    officer = make_user("officer", north)
    actor = officer.actor()
    case = services.create_person_and_case(
        actor=actor,
        user=officer,
        family_name=FAMILY_NAME,
        given_name="Tamsin",
        birth=UncertainDate.parse("1990-04-12"),
        identifiers=[("a_number", A_NUMBER)],
    )
    shared: dict[str, Any] = {"actor": actor, "user": officer, "case": case}
    evidence = services.record_evidence(
        **shared,
        kind="court_record",
        source="Millbrook court",
        source_relation="court",
        caption="Judgment",
        information_date=None,
        obtained_on=policy_date(),
        reviewed_on=policy_date(),
    )
    attachment = services.attach_files(
        actor=actor,
        user=officer,
        evidence=evidence,
        uploads=[Upload(name="judgment.txt", data=b"Judgment of the Millbrook court")],
    )[0]
    fact = services.record_fact(
        **shared,
        kind="conduct",
        details={"what": CONDUCT},
        on=UncertainDate.parse("2023-05-01"),
        evidence=[evidence.pk],
    )
    request = services.open_record_request(
        **shared,
        record_kind="criminal_record",
        asked_of="State bureau",
        state=RequestState.OPEN,
        requested_on=None,
        unavailable_reason="",
        note="",
    )
    edition, _ = current()
    services.save_status(
        **shared,
        version=0,
        answers=StatusAnswers(
            charges=(edition.options("charge_of_removability")[0].key,),
            immigration_status="none",
            bases=((edition.options("alienage_basis")[0].key, evidence.pk),),
            citizenship_claim="no",
            citizenship_looked="looked_not_found",
            minor_check="no",
            section_1367_check="no",
            fear_of_return="no",
            representative="no",
            referral_source="jail",
            source_relation="agency",
        ),
    )
    case.refresh_from_db()
    assessment, decision = assessments.start_assessment(**shared, decision_type="detainer", direction="do")
    answer_everything(officer, assessment, decision, outcome="decline")
    version = assessments.sign_decision(
        actor=actor, user=officer, decision=Decision.objects.get(pk=decision.pk)
    )
    draft = assessments.add_decision(
        actor=actor, user=officer, assessment=assessment, decision_type="notice_to_appear", direction="do"
    )
    # A stop that was lifted and a task that is open: neither halts what the other tests do.
    stop = Stop.objects.create(
        case=case,
        kind="minor",
        basis="an earlier birth date",
        words="The age cannot be told.",
        state="lifted",
        opened_at=now(),
        opened_by=officer,
        due_on=policy_date(),
    )
    task = Task.objects.create(
        case=case,
        office=north,
        kind="facts_moved",
        decision=Decision.objects.get(pk=decision.pk),
        words="Look at it again.",
        opened_at=now(),
        due_on=policy_date(),
    )
    auditor = make_user("auditor", north)
    export = _export(auditor)
    saved_scope = save_scope(actor=auditor.actor(), name="Mine", scope=Scope())
    change = put_forward(actor=make_user("policy", north).actor(), rows=[an_order()], reason="An order came")
    return Scene(
        change=change,
        export=export,
        saved_scope=saved_scope,
        stop=stop,
        task=task,
        north=north,
        south=south,
        officer=officer,
        case=case,
        fact=fact,
        evidence=evidence,
        attachment=attachment,
        request=request,
        assessment=assessment,
        draft=draft,
        decision=Decision.objects.get(pk=decision.pk),
        version=version,
        entry=Entry.objects.get(pk=version.entry_id),
        people={("officer", "north"): officer, ("auditor", "north"): auditor},
    )


def _export(auditor: User) -> Export:
    """One that is done, with its file."""
    export = request_export(actor=auditor.actor(), scope=Scope(), purpose="An audit of the scene")
    path = path_of(export)
    path.write_bytes(b"PK")
    export.state, export.file_name, export.sha256 = "done", "decision-log.zip", "0" * 64
    export.bytes = export.rows_all = export.included = export.tree_size = 2
    export.first, export.end, export.expires_at = 0, 2, now()
    export.save()
    return export


def answer_everything(officer: User, assessment: Assessment, decision: Decision, *, outcome: str) -> None:
    """Complete answers on every page, as short as the rules allow."""
    edition, _ = current()
    pins = [next(ref for ref in working(assessment, decision).facts if ref.kind == "conduct").ref]
    steps: dict[str, dict[str, Any]] = {
        "records": dict(read_all_records({}, edition, policy_date())),
        "national-security": {"national_security_finding": "not_found"},
        "public-safety": {"public_safety_finding": "not_found"},
        "factors": dict(did_not_look({}, edition)),
        "border-security": {"border_security_finding": "not_found"},
        "dispute": {"dispute": "no"},
        "consequences": {"consequences": "Loses the work on the river."},
    }
    for step, answers in steps.items():
        assessments.save_step(
            actor=officer.actor(),
            user=officer,
            assessment=assessment,
            step=step,
            answers=answers,
            version=1,
            page="",
            by_button=True,
        )
    assessments.save_decision(
        actor=officer.actor(),
        user=officer,
        decision=decision,
        answers={
            "outcome": outcome,
            "opposite_case": "It was night and the barge was not lit.",
            "opposite_pins": pins,
            "rationale": RATIONALE,
            "rationale_pins": pins,
        },
        version=1,
        page="",
        by_button=True,
    )
