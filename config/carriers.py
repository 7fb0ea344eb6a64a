"""Pages, reports and other pieces that carry a clause and lie in several rooms, or in one that may not import `policy`.

Read by `policy_trace` and by every edition's page. A note says what a piece does not do yet: a clause is not shown as
carried in full where it is not.
"""

from __future__ import annotations

from policy.trace import Carrier
from policy.trace.carriers import declare


def declare_all() -> None:
    """Called once at start."""
    declare(
        Carrier("page", "Start of an assessment: every decision type, to act and to decline"), "I#1", "V#21"
    )
    declare(Carrier("page", "Case: work, care, service and ties among the facts"), "I#3")
    declare(
        Carrier("page", "Review: the supervisor's own answer to the overriding question"),
        "II.B#12",
        "II.B#7",
        "V.B#23",
    )
    declare(Carrier("page", "Rationale that only names an offense is shown as such"), "II.B#11")
    declare(Carrier("page", "Gap map of the case"), "II.B#14")
    declare(Carrier("page", "Criterion card"), "II.C#16", "II.C#17")
    declare(Carrier("rule", "Screen of every free text, on the server"), "III#18")
    declare(Carrier("page", "Status and removability, apart from the decision"), "III#19", "I#2")
    declare(
        Carrier(
            "report",
            "Attributes lie in a schema that no decision can read; figures by group come only from there",
            "The report by group is not built yet.",
        ),
        "III#19b",
    )
    declare(Carrier("page", "Source and relation of every referral"), "III#19c")
    declare(
        Carrier("page", "Labor or housing dispute: the supervisor acknowledges it and its pattern"), "IV#20"
    )
    declare(
        Carrier("page", "Training: course, edition, day, expiry; a co-signature where it lapsed"), "V.A#22"
    )
    declare(Carrier("page", "Queue of reviews, with days due"), "V.B#23")
    declare(
        Carrier(
            "report",
            "The log of every decision and review, open to auditors",
            "Figures by office are not built yet.",
        ),
        "V.B#24",
        "V.C#25",
    )
    declare(Carrier("report", "Inventory of every field, as a page and as CSV"), "V.C#25")
    declare(
        Carrier(
            "field",
            "Representative of the person, with Form G-28",
            "There is no intake of requests yet.",
        ),
        "V.D#26",
    )
    declare(
        Carrier("data", "Calendar of what was in force, and the day's line on every page"), "VI#27", "VI#28"
    )
    declare(Carrier("page", "Feedback on every clause, to the policy manager"), "VII#29")
    declare(Carrier("page", "Notice on the edition's page"), "VIII#30")
    _of_other_editions()


def _of_other_editions() -> None:
    """Clauses of one edition that no clause of the guidelines is like."""
    outside = Carrier(
        "rule", "priority_for_acting", "Approval comes with the review, not before the officer signs."
    )
    declare(outside, "2014-11-20:A.1#5", "2021-02-18:B#7")
    declare(
        Carrier("rule", "stops_halt_adverse_steps", "Approval after an urgent action is an ordinary review."),
        "2021-02-18:B#8",
    )
    declare(Carrier("decision type", "No class of people is left out of a decision type"), "2017-02-20:A#1")
    shown = Carrier("page", "Shown as a clause beside the question", "Nothing in the form depends on it.")
    declare(shown, "2021-01-20:C#7", "2022-04-03:B#8")
    declare(Carrier("data", "Calendar of what was in force"), "2021-05-27:S#8")
