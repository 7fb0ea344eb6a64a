"""Words that several criteria share."""

from __future__ import annotations

from typing import Final

from policy.criteria.facts import Manner

MANNER: Final[dict[Manner, str]] = {
    "without_inspection": "An entry without inspection",
    "attempted": "An attempt that was stopped at the border or a port of entry",
    "admitted": "A lawful admission; staying too long later does not change that",
    "paroled": "A parole into the country, which is no unlawful entry",
    "other": "Another manner of entry",
    "not_known": "The manner of entry is not known",
}
NO_ENTRY: Final = "The record holds no entry and no attempt to enter."
NO_ENTRY_SETTLES: Final = "A record of how, where and when the person entered or tried to."
HOW_IT_ENDED: Final = (
    "A record that says how the person came: a stamp, a record of arrival, or a report of the border."
)
DAY_OF_ENTRY: Final = (
    "A source for the day: a record of arrival or release, a carrier's list, or a paper of those days."
)
CRIMINAL_RECORD: Final = "The criminal record and the dispositions, obtained and read."
