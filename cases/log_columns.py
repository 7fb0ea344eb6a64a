"""What cases add to an export of the log: the key of the person, and which cases the law masks."""

from __future__ import annotations

from ledger.exports.registry import Column, Mask, add_caseless, add_columns, add_mask

PERSON_KEY = (
    "CASE WHEN c.person_id IS NOT NULL THEN"
    " substr(encode(sha256(%(secret)s || convert_to(c.person_id::text, 'UTF8')), 'hex'), 1, 32) END"
)


def register() -> None:
    """Called once, at start-up."""
    add_mask(
        Mask(law="8 U.S.C. 1367 or 8 CFR 208.6", cases="SELECT id FROM public.cases_case WHERE restricted")
    )
    add_mask(
        Mask(
            law="8 U.S.C. 1367 or 8 CFR 208.6",
            cases="SELECT holder FROM public.cases_sealednote n, public.cases_holding(n.case_id) AS holder"
            " WHERE n.ground = 'restricted_detail'",
        )
    )
    add_caseless("cases.person.searched")
    add_columns(
        [
            Column(name="case_id", sql="e.case_id", type="text", meaning="Case that was decided on"),
            Column(
                name="person_key",
                sql=PERSON_KEY,
                type="text",
                meaning="The same person has the same key in every export; it cannot be turned back into a person",
                unit="keyed hash, 128 bits, hexadecimal",
            ),
        ],
        "LEFT JOIN public.cases_case c ON c.id = e.case_id",
    )
