"""Signed notes against the published vectors of C2SP and Go's `sumdb/note`, and what must be refused."""

from __future__ import annotations

import pytest

from ledger.note_keys import COSIGNATURE, BadSignature, NoteError, PublicKey, SigningKey, parse_keys
from ledger.notes import Checkpoint, Note, open_checkpoint

# From the text of C2SP signed-note and from the tests of golang.org/x/mod/sumdb/note.
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsY"
    "jOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUg"
    "YN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp"
    "+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)

ORIGIN = "totality.example/log"
LOG = SigningKey(ORIGIN, b"\x01" * 32)
WITNESS = SigningKey("witness.example/w1", b"\x02" * 32, COSIGNATURE)
CHECKPOINT = Checkpoint(ORIGIN, 7, bytes(range(32)))


def test_the_example_of_c2sp_verifies() -> None:
    key = PublicKey.parse(C2SP_KEY)
    note = Note.parse(C2SP_NOTE)
    assert note.text == "This is an example message.\n"
    assert [found for found, _ in note.verified_by([key])] == [key]
    assert key.text == C2SP_KEY


def test_signing_gives_the_bytes_of_the_reference() -> None:
    key = SigningKey.parse(GO_PRIVATE)
    assert (key.public.text, key.text) == (GO_KEY, GO_PRIVATE)
    assert str(Note(GO_TEXT).signed(key.sign(GO_TEXT))) == GO_TEXT + "\n" + GO_LINE


def test_two_signers_and_one_unknown_to_the_reader() -> None:
    peter, enoch = PublicKey.parse(GO_KEY), PublicKey.parse(ENOCH_KEY)
    note = Note.parse(GO_TEXT + "\n" + GO_LINE + ENOCH_LINE)
    assert [key.name for key, _ in note.verified_by([peter])] == ["PeterNeumann"]
    assert [key.name for key, _ in note.verified_by([peter, enoch])] == ["PeterNeumann", "EnochRoot"]
    assert note.verified_by([]) == []


def test_a_checkpoint_is_origin_size_and_root() -> None:
    text = "totality.example/log\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert CHECKPOINT.text == text
    assert Checkpoint.parse(text) == CHECKPOINT
    assert Checkpoint.parse(text + "an extension\n") == CHECKPOINT


def test_a_signed_checkpoint_opens_with_the_logs_key_alone() -> None:
    note = str(CHECKPOINT.sign(LOG))
    assert open_checkpoint(note, [LOG.public], ORIGIN) == CHECKPOINT
    with pytest.raises(BadSignature, match="none of the trusted keys"):
        open_checkpoint(note, [SigningKey.generate(ORIGIN).public])
    with pytest.raises(BadSignature, match="none of the trusted keys"):
        open_checkpoint(note, [])
    with pytest.raises(NoteError, match="not of"):
        open_checkpoint(note, [LOG.public], "another.example/log")


def test_a_key_does_not_speak_for_another_log() -> None:
    other = SigningKey("another.example/log", LOG.seed)
    with pytest.raises(BadSignature):
        open_checkpoint(CHECKPOINT.sign(other), [other.public])


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    note = Note(CHECKPOINT.text).signed(WITNESS.sign(CHECKPOINT.text, time=1_700_000_000))
    with pytest.raises(BadSignature):
        open_checkpoint(note, [LOG.public, WITNESS.public])


def test_a_witness_says_when_it_saw_the_checkpoint() -> None:
    note = CHECKPOINT.sign(LOG).signed(WITNESS.sign(CHECKPOINT.text, time=1_700_000_000))
    read = Note.parse(str(note))
    assert [(key.name, signature.time) for key, signature in read.verified_by([WITNESS.public])] == [
        ("witness.example/w1", 1_700_000_000)
    ]
    assert open_checkpoint(read, [LOG.public]) == CHECKPOINT
    with pytest.raises(NoteError, match="time"):
        WITNESS.sign(CHECKPOINT.text)


def test_a_time_that_was_moved_does_not_verify() -> None:
    honest = WITNESS.sign(CHECKPOINT.text, time=1_700_000_000)
    moved = type(honest)(honest.name, honest.key_id, (1_600_000_000).to_bytes(8, "big") + honest.data[8:])
    with pytest.raises(BadSignature):
        Note(CHECKPOINT.text).signed(moved).verified_by([WITNESS.public])


@pytest.mark.parametrize(
    "changed", ["totality.example/lo9", "\n8\n", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9="]
)
def test_a_changed_checkpoint_does_not_open(changed: str) -> None:
    note = str(CHECKPOINT.sign(LOG))
    honest = {"totality": "totality.example/log", "\n8\n": "\n7\n"}.get(
        changed[:8], CHECKPOINT.text.split("\n")[2]
    )
    forged = note.replace(honest, changed, 1)
    assert forged != note
    with pytest.raises(NoteError):
        open_checkpoint(forged, [LOG.public])


@pytest.mark.parametrize(
    "text",
    [
        "o\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n7\n",
        "o\n7\nAAAA\n",
        "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nempty\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "note",
    [
        "",
        GO_TEXT,
        GO_TEXT + "\n",
        GO_TEXT + GO_LINE,
        GO_TEXT + "\n" + GO_LINE.rstrip("\n"),
        GO_TEXT + "\n" + GO_LINE.replace("—", "-"),
        GO_TEXT + "\n" + GO_LINE.replace(" P", "  P"),
        GO_TEXT + "\n" + GO_LINE.replace("=", ""),
        GO_TEXT.replace("\n", "\r\n") + "\n" + GO_LINE,
        GO_TEXT + "\n" + GO_LINE * 65,
        GO_TEXT + "\n— PeterNeumann x08g\n",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        Note.parse(note)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "PeterNeumann",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("ARpc", "Arpc"),
        GO_KEY.replace("Peter", "Peter "),
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        PublicKey.parse(key)


def test_a_signing_key_never_shows_itself() -> None:
    secret = GO_PRIVATE.rsplit("+", 1)[1]
    assert secret not in repr(SigningKey.parse(GO_PRIVATE))
    for broken in (
        GO_PRIVATE.replace("c74f20a3", "00000000"),
        GO_PRIVATE[:-4],
        GO_PRIVATE.removeprefix("PRIVATE+KEY+"),
    ):
        with pytest.raises(NoteError) as refused:
            SigningKey.parse(broken)
        assert secret[:20] not in str(refused.value)


def test_a_new_key_differs_from_the_last_and_reads_back() -> None:
    first, second = SigningKey.generate(ORIGIN), SigningKey.generate(ORIGIN)
    assert first.public != second.public
    assert SigningKey.parse(first.text) == first
    with pytest.raises(NoteError):
        SigningKey.generate("a name with spaces")


def test_a_file_of_keys() -> None:
    assert [key.name for key in parse_keys(f"# current\n{GO_KEY}\n\n{ENOCH_KEY}\n")] == [
        "PeterNeumann",
        "EnochRoot",
    ]
    with pytest.raises(NoteError):
        parse_keys("nonsense\n")
