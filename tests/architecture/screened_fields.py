"""Every free text of the product: where it is screened, or why it is not. The one table of the excuses.

`test_screened_fields.py` walks models, forms, templates and the API against it: a new text stands here, or it fails.
"""

from __future__ import annotations

from tests.assessment.drafts import EDITION

# Columns whose text is kept with what the screen finds (or, of a review, refused when it is written).
SCREENED_COLUMNS: dict[str, str] = {
    "cases.fact.details": "fact",
    "cases.fact.on_words": "fact",
    "cases.evidence.source": "evidence",
    "cases.evidence.caption": "evidence",
    "cases.attachment.file_name": "attachment",
    "cases.recordrequest.asked_of": "record_request",
    "cases.recordrequest.note": "record_request",
    "cases.encounter.site": "encounter",
    "cases.encounter.detention_facility": "encounter",
    "cases.encounter.detention_place": "encounter",
    "cases.encounter.detainer_facility": "encounter",
    "cases.encounter.on_words": "encounter",
    "cases.sourcelabel.text": "encounter",
    "cases.sourcelabel.group": "encounter",
    "cases.lateroutcome.status": "encounter",
    "cases.statusrecord.charge_other": "status",
    "cases.caseflag.reason": "flag",
    "cases.caseflag.clear_reason": "flag",
    "cases.personmerge.reason": "merge",
    "assessment.stepanswers.answers": "step",
    "assessment.decision.answers": "decision",
    "assessment.returnanswers.answers": "return",
    "assessment.execution.note": "execution",
    "assessment.stop.reason": "stop",
    "review.review.reason": "refused",
    "review.returnpoint.text": "refused",
    "review.supervisorview.reason": "refused",
    "review.question.reason": "refused",
    "review.answer.text": "refused",
    "review.pause.note": "refused",
}

NAME = "the name of a person, an office or an account: a name is no attribute"
IDENTIFIER = "a number or key that a source knows the person or thing by"
CODE = "a code of the product or of the edition, chosen from a list or made by it"
OWN = "written by the product itself, from texts that are screened where they come in"
LOG = "the log is made of entries of this product; its free texts are screened where they come in"
OFF_THE_PATH = "about the product's own work (an export, a calendar, training); no decision reads it"
DIGEST = "a digest, a key or a mark of the machine"
SECRET = "a secret of the person who signs in"
UNREAD = "words that a date was read from; a page shows the date that was understood"

EXCUSED_COLUMNS: dict[str, str] = {
    **dict.fromkeys(
        (
            "cases.person.family_name",
            "cases.person.given_name",
            "cases.personalias.family_name",
            "cases.personalias.given_name",
            "cases.statusrecord.representative_name",
            "accounts.office.name",
            "accounts.user.username",
            "accounts.user.full_name",
            "accounts.user.email",
        ),
        NAME,
    ),
    **dict.fromkeys(
        (
            "cases.personidentifier.namespace",
            "cases.personidentifier.value",
            "cases.encounter.import_key",
            "cases.textcontest.statute",
            "accounts.office.key",
            "accounts.officezone.zone",
            "review.oralapproval.zone",
        ),
        IDENTIFIER,
    ),
    **dict.fromkeys(
        (
            "cases.person.birth_precision",
            "cases.person.birth_certainty",
            "cases.evidence.kind",
            "cases.evidence.source_relation",
            "cases.attachment.media_type",
            "cases.encounter.on_precision",
            "cases.encounter.on_certainty",
            "cases.encounter.kind",
            "cases.encounter.custody",
            "cases.encounter.referral_source",
            "cases.encounter.source_relation",
            "cases.encounter.layout",
            "cases.sourcelabel.kind",
            "cases.sourcelabel.code",
            "cases.lateroutcome.on_precision",
            "cases.lateroutcome.on_certainty",
            "cases.fact.on_precision",
            "cases.fact.on_certainty",
            "cases.fact.kind",
            "cases.recordversion.row_kind",
            "cases.importrun.layout",
            "cases.importrun.state",
            "cases.recordrequest.record_kind",
            "cases.recordrequest.unavailable_reason",
            "cases.screenedtext.row_kind",
            "cases.screenedtext.field",
            "cases.sealednote.content_hash",
            "cases.textcontest.row_kind",
            "cases.textcontest.field",
            "cases.textcontest.attribute",
            "cases.textcontest.rule",
            "cases.statusrecord.charges",
            "cases.statusrecord.immigration_status",
            "cases.statusrecord.citizenship_claim",
            "cases.statusrecord.citizenship_looked",
            "cases.statusrecord.citizenship_indicia",
            "cases.statusrecord.minor_check",
            "cases.statusrecord.section_1367_check",
            "cases.statusrecord.fear_of_return",
            "cases.statusrecord.representative",
            "cases.statusrecord.referral_source",
            "cases.statusrecord.source_relation",
            "cases.alienagebasis.basis",
            "assessment.assessment.edition_key",
            "assessment.assessment.copied_from",
            "assessment.assessment.outcome_order",
            "assessment.stepanswers.step",
            "assessment.decision.type",
            "assessment.decision.direction",
            "assessment.decision.notices",
            "assessment.decisionversion.outcome",
            "assessment.decisionversion.edition_key",
            "assessment.decisionversion.edition_status",
            "assessment.refusedtext.field",
            "assessment.refusedtext.attribute",
            "assessment.stop.kind",
            "review.review.overriding_answer",
            "review.selection.edition_key",
            "review.selection.triggers",
            "review.supervisorview.view",
            "review.returnpoint.about",
            "accounts.training.course",
            "accounts.training.edition_key",
        ),
        CODE,
    ),
    **dict.fromkeys(
        (
            "cases.recordversion.content",
            "cases.personmerge.moved",
            "cases.screenedtext.findings",
            "assessment.decision.footing",
            "assessment.decision.demo_document",
            "assessment.decisionversion.overlays",
            "assessment.stop.basis",
            "assessment.stop.words",
            "assessment.task.words",
        ),
        OWN,
    ),
    **dict.fromkeys(
        (
            "cases.attachment.sha256",
            "cases.importrun.file_digest",
            "cases.screenedtext.text_digest",
            "cases.screenedtext.lexicon",
            "cases.textcontest.key",
            "assessment.assessment.rules_digest",
            "assessment.assessment.content_digest",
            "assessment.stepanswers.saved_from",
            "assessment.decision.saved_from",
            "assessment.returnanswers.saved_from",
            "assessment.decisionversion.rules_digest",
            "assessment.decisionversion.content_digest",
            "assessment.refusedtext.key",
            "accounts.apitoken.digest",
            "review.seed.digest",
        ),
        DIGEST,
    ),
    "accounts.user.password": SECRET,
    "cases.person.birth_words": UNREAD,
    "cases.lateroutcome.on_words": UNREAD,
    "cases.importrun.file_name": OFF_THE_PATH,
    "review.savedview.name": OFF_THE_PATH,
    "review.savedview.address": OWN,
}
# Whole rooms whose texts no decision is made of.
EXCUSED_ROOMS: dict[str, str] = {"ledger": LOG, "policy": OFF_THE_PATH}

# Fields that people write in, by name: pages, forms and the API use the same.
SCREENED_NAMES: frozenset[str] = frozenset(
    {
        *("description", "agency", "what", "harm", "statute", "court", "sentence", "place", "note", "care"),
        *("source", "caption", "asked_of", "site", "reason", "clear_reason", "charge_other"),
        *("consequences", "public_safety_why_current", "opposite_case", "rationale", "no_priority_ground"),
        *(f"factor_{factor.key}_why" for factor in EDITION.factors),
        "review_reason",
        *("view_reason", "view_changed_reason", "ask_reason", "ask_answer", "pause_note"),
    }
)
ADDRESS = "looks for something and is kept nowhere"
DAY = "a day; what is no day is refused"
EXCUSED_NAMES: dict[str, str] = {
    "note_text": "goes behind the gate, because it may be protected; no decision reads it",
    **dict.fromkeys(("family_name", "given_name", "alias_family_name", "alias_given_name"), NAME),
    **dict.fromkeys(("representative_name", "username", "actor"), NAME),
    **dict.fromkeys(("a_number", "identifier_value", "ask_to", "question"), IDENTIFIER),
    **dict.fromkeys(("on", "met_on", "birth", "block_read_on", "oral_on", "oral_time"), DAY),
    **dict.fromkeys(("cover_from_day", "cover_from_time", "cover_until_day", "cover_until_time"), DAY),
    **dict.fromkeys(("shown", "confirmed", "key", "page", "token", "mark"), DIGEST),
    **dict.fromkeys(("dispute_acknowledged", "training_cosigned", "course", "oral_supervisor"), CODE),
    **dict.fromkeys(("purpose", "name", "saved_name"), OFF_THE_PATH),
    **dict.fromkeys(
        ("track", "authority", "scope", "statutes", "certainty_note", "sources", "declined"), OFF_THE_PATH
    ),
    **dict.fromkeys(("since", "until", "known_at"), DAY),
    **dict.fromkeys(("receipt_text", "previous"), "checked against the log and kept nowhere"),
    **dict.fromkeys(("information_date", "obtained_on", "reviewed_on"), DAY),
    "attached": "a file; its name is screened as it is kept",
    "q": ADDRESS,
    "password": SECRET,
    "text": "a rap sheet as it was pasted: read into rows, which are screened as facts, and kept nowhere",
    **dict.fromkeys(
        (
            "protected_country_of_birth",
            "protected_citizenship_country",
            "protected_language",
            "protected_sex",
        ),
        "protected attributes themselves, on their way to the gate and nowhere else",
    ),
}
