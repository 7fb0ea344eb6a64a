"""What explains a bundle to a reader who has nothing else: README.txt, counting rules, masking in words."""

from __future__ import annotations

from ledger.exports import registry
from ledger.exports.files import Values

SCHEMA_VERSION = 1

COUNTING_RULES = [
    "A decision is one type and direction (arrest/do, detainer/undo, ...) weighed in one assessment. Signed again after"
    " a return it is the same decision; decisions.* has one row for it, as it was signed last within the range.",
    "A person is one person key. It is a keyed hash: the same person has the same key in every export of this system,"
    " and nobody without the key can find the person from it. Two records that were never merged are two persons.",
    "An action is what an officer recorded as carried out after a decision. An action without a decision is not in this"
    " file; the coverage lists tell of those.",
    "A row belongs to the day on which it was signed, in UTC. What came after the range is not counted.",
    "Race, religion, sex, sexual orientation, gender identity, national origin and political association are not"
    " inputs of a decision and are not in the log, so nothing here can be measured by them.",
]

VALUES_IN_WORDS = {
    Values.NONE: "No value that stands beside the entries goes along: names, texts and findings are commitments only.",
    Values.OPEN: "Values of cases that {laws} protects are left out, and the words of searches, which could name their"
    " people; their entries are there, as hashes and"
    " commitments, so that nothing is missing from the order. In decisions.* such a row tells its place only.",
    Values.ALL: "Nothing is masked: whoever asked has a role and a recorded purpose that allow values of cases that"
    " {laws} protects. Keep this file accordingly.",
}

README = """\
Export of a decision log
========================

{words}

Purpose: {purpose}
Asked for by: {exporter}
Made at: {created_at}

How to check it
---------------

You need Python 3.11 or newer, and nothing else:

    python3 verify.py --key PUBLISHED-KEY.txt {name}

PUBLISHED-KEY.txt is the log's public key as it was published to you by another way than this file. Without --key the
key in public-key.txt is used; then compare its fingerprint with the published one. verify.py is published apart from
the bundles too: its SHA-256 here is {verifier}.

It checks that every entry gives its leaf hash, that the hashes are in order and without a gap, that together with the
hashes in proof.json they give the root in checkpoint.txt, that this checkpoint is signed, that every disclosed value
fits the commitment in its entry, and that every file is the one that manifest.json lists. It lists all that it finds
and ends with 0 only if all holds.

With --previous FILE it also shows that the log still begins with what a checkpoint told that you kept from before.

What it can and cannot tell
---------------------------

- entries.ndjson and disclosures.ndjson are proved by the signed checkpoint.
- decisions.* and dictionary.csv are made from them for convenience. They are covered by the digests in manifest.json,
  and the digest of this whole export was written in the log when it was finished; no signature is on them alone.
- A checkpoint has no time of its own. That something existed by a date is shown only by a witness's cosignature.
- Where manifest.json says "frozen", the range is of complete months that had ended: its data files were written once
  and are the same in every export with this filter. The entry that is named there holds their digests. Only what the
  law takes back (an erasure by order, another masked case) makes another revision; entries.ndjson and index.csv stay.
- Entries that the filter leaves out stand in index.csv with their hash, so that nothing can be left out unseen.

Counting rules
--------------

{rules}

Masking
-------

{masking}
"""


def laws() -> str:
    return " or ".join(dict.fromkeys(mask.law for mask in registry.masks())) or "the law"


def masking(values: Values) -> str:
    return VALUES_IN_WORDS[values].format(laws=laws())


def readme(
    *, words: str, purpose: str, exporter: str, created_at: str, name: str, verifier: str, values: Values
) -> bytes:
    rules = "\n".join(f"- {rule}" for rule in COUNTING_RULES)
    return README.format(
        words=words,
        purpose=purpose,
        exporter=exporter,
        created_at=created_at,
        name=name,
        verifier=verifier,
        rules=rules,
        masking=masking(values),
    ).encode()
