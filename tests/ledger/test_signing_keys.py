"""Where the signing key comes from, and that its secret stays where it is."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ledger.note_keys import COSIGNATURE, SigningKey
from ledger.sealing import keys
from ledger.sealing.keys import FILE_VARIABLE, VARIABLE, Keyring, NoKey

ORIGIN = "totality.example/log"
KEY = SigningKey(ORIGIN, b"\x03" * 32)


def secret(key: SigningKey) -> str:
    """What nobody may read; it is the fifth part, and may itself have a `+`."""
    return key.text.split("+", 4)[4]


SECRET = secret(KEY)


def test_a_made_key_is_private_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "signing"
    made = keys.make(ORIGIN, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.load(ORIGIN, {FILE_VARIABLE: str(file)}) == made
    before = file.read_text()
    with pytest.raises(NoKey, match="never overwritten"):
        keys.make(ORIGIN, file)
    assert file.read_text() == before


def test_the_key_of_a_rotation_lists_those_before_it(tmp_path: Path) -> None:
    first = keys.make(ORIGIN, tmp_path / "1")
    second = keys.make(ORIGIN, tmp_path / "2", first)
    third = keys.make(ORIGIN, tmp_path / "3", second)
    assert third.trusted == [third.signing.public, second.signing.public, first.signing.public]
    read = keys.load(ORIGIN, {FILE_VARIABLE: str(tmp_path / "3")})
    assert read.trusted == third.trusted
    assert secret(first.signing) not in (tmp_path / "3").read_text()


def test_one_variable_may_hold_them_all() -> None:
    old = SigningKey.generate(ORIGIN).public
    assert keys.load(ORIGIN, {VARIABLE: f"{KEY.text};{old.text}"}) == Keyring(KEY, (old,))


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "neither LOG_SIGNING_KEY nor LOG_SIGNING_KEY_FILE is set"),
        ({FILE_VARIABLE: "/nowhere/key"}, "is not there"),
        ({VARIABLE: "nonsense"}, "no signing key"),
        ({VARIABLE: KEY.text[:-2]}, "no signing key"),
        ({VARIABLE: SigningKey("another.example/log", KEY.seed).text}, "is one of"),
        ({VARIABLE: SigningKey(ORIGIN, KEY.seed, COSIGNATURE).text}, "is one of"),
        ({VARIABLE: f"{KEY.text};nonsense"}, "no signing key"),
    ],
)
def test_without_the_right_key_nothing_is_signed(environment: dict[str, str], words: str) -> None:
    with pytest.raises(NoKey, match=words) as refused:
        keys.load(ORIGIN, environment)
    assert SECRET[:12] not in str(refused.value)


def test_a_log_without_a_name_is_refused() -> None:
    with pytest.raises(NoKey, match="LOG_ORIGIN"):
        keys.load("", {VARIABLE: KEY.text})


def test_a_key_that_everybody_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY.text)
    file.chmod(0o644)
    with pytest.raises(NoKey, match="chmod"):
        keys.load(ORIGIN, {FILE_VARIABLE: str(file)})


def test_a_keyring_does_not_show_its_secret() -> None:
    assert SECRET[:12] not in repr(Keyring(KEY))
