"""The guard of texts: texts a second on one core, long and pathological texts against one second, accuracy."""

from __future__ import annotations

import statistics
import time

from benchmarks.base import Row, row, seconds
from policy.guard import screen
from policy.guard.accuracy import SETS, measure, texts

ROUNDS = 5
TEXTS_A_SECOND = 2_000.0
LONG = 10_000_000


def results() -> list[Row]:
    sample = [item["text"] for item in texts(SETS["dev2"]) if len(item["text"]) < 400]
    screen("warm")
    rows = [_throughput(sample)]
    for name, text in _hard(sample):
        took = statistics.median(seconds(lambda text=text: screen(text)) for _ in range(3))  # type: ignore[misc]
        rows.append(
            row(
                "guard",
                name,
                product=took,
                reference=1.0,
                reference_name="one second",
                runs=3,
                unit="s",
                limit="1",
            )
        )
    for name, pattern in SETS.items():
        if not (items := texts(pattern)):
            continue
        found = measure(items)
        limits = (
            (
                "recall, mean of attributes",
                sum(found["recall"].values()) / len(found["recall"]),
                95.0,
                "at least 1",
            ),
            ("recall, worst attribute", min(found["recall"].values()), 90.0, "at least 1"),
            ("precision", found["precision"], 94.0, "at least 1"),
            ("evasions found", found["evasion_recall"], 80.0, "at least 1"),
            ("false alarms", found["false_alarms"], 3.0, "1"),
        )
        rows += [
            row(
                "guard", f"{metric}, {name} texts", product=value, reference=aim, reference_name="aim",
                runs=1, unit="%", limit=limit,
            )
            for metric, value, aim, limit in limits
        ]  # fmt: skip
    return rows


def _throughput(sample: list[str]) -> Row:
    rates = []
    for turn in range(ROUNDS):
        fresh = [f"{text} Ref. {turn}{index:05d}." for index, text in enumerate(sample)]
        began = time.process_time()
        for text in fresh:
            screen(text)
        rates.append(len(fresh) / (time.process_time() - began))
    return row(
        "guard", "texts screened a second, one core", product=statistics.median(rates), reference=TEXTS_A_SECOND,
        reference_name="aim", runs=ROUNDS, unit="texts/s", limit="at least 1",
    )  # fmt: skip


def _hard(sample: list[str]) -> list[tuple[str, str]]:
    prose = " ".join(sample)
    return [
        ("10 MB of ordinary texts", (prose + " ") * (LONG // len(prose))),
        ("10 MB of one letter", "a" * LONG),
        ("10 MB of single letters", "a " * (LONG // 2)),
        ("10 MB of one phrase", "he is a " * (LONG // 8)),
        ("5 million combining marks", "e" + "\u0301" * 5_000_000),
    ]
