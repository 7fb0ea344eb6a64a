"""A setting that is missing or wrong stops the start with one line that says which, why and what to do."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
WAYS = {
    "manage.py": ("manage.py", "check"),
    "a command of ours": ("manage.py", "seed_demo"),
    "preflight": ("-m", "config.preflight"),
    "wsgi": ("-c", "import config.wsgi"),
}
WRONG: dict[str, tuple[dict[str, str | None], str, str]] = {
    "no secret": ({"SECRET_KEY": None}, "SECRET_KEY is not set", "at least 50 random characters"),
    "empty secret": ({"SECRET_KEY": ""}, "SECRET_KEY is not set", "at least 50 random characters"),
    "the development secret": (
        {"SECRET_KEY": "development-only-" + "x" * 50},
        "SECRET_KEY is not set",
        "at least 50 random characters",
    ),
    "no key for refused words": (
        {"REFUSED_WORDS_KEY": None},
        "REFUSED_WORDS_KEY is not set",
        "at least 50 random characters",
    ),
    "the development key for refused words": (
        {"REFUSED_WORDS_KEY": "development-only-" + "w" * 50},
        "REFUSED_WORDS_KEY is not set",
        "at least 50 random characters",
    ),
    "a practice date": (
        {"PRACTICE_DATE": "2024-12-10"},
        "PRACTICE_DATE is for demo and training only",
        "Unset it, or set DEBUG=1",
    ),
    "a malformed practice date": (
        {"PRACTICE_DATE": "12/10/2024", "DEBUG": "1"},
        "PRACTICE_DATE is '12/10/2024'",
        "YYYY-MM-DD",
    ),
    "a day that is none": (
        {"PRACTICE_DATE": "2024-02-30", "DEBUG": "1"},
        "PRACTICE_DATE is '2024-02-30'",
        "YYYY-MM-DD",
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wrong", WRONG)
def test_it_is_one_clear_line(db: None, run: Run, way: str, wrong: str) -> None:
    values, what, next_ = WRONG[wrong]
    done = run(*WAYS[way], **values)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert what in done.stderr
    assert next_ in done.stderr
    assert "Traceback" not in done.stderr


def test_production_settings_pass_django_s_own_deploy_check(db: None, run: Run) -> None:
    done = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECURE_SSL_REDIRECT="1",
        SECRET_KEY=_random(),
    )
    assert done.returncode == 0, done.stderr


def _random() -> str:
    import secrets

    return secrets.token_urlsafe(60)


def test_development_needs_no_secret_and_takes_a_practice_date(db: None, run: Run) -> None:
    done = run("manage.py", "check", DEBUG="1", SECRET_KEY=None, PRACTICE_DATE="2024-12-10")
    assert done.returncode == 0, done.stderr
    shown = run(
        "-c",
        "from config import settings; print(settings.PRACTICE_DATE, settings.DEMONSTRATION, settings.DEBUG)",
        DEBUG="1",
        PRACTICE_DATE="2024-12-10",
    )
    assert shown.stdout == "2024-12-10 True False\n"


def test_production_is_strict_about_cookies_and_transport(db: None, run: Run) -> None:
    shown = run(
        "-c",
        "from config import settings as s; print(s.DEMONSTRATION, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000, s.ALLOWED_HOSTS)",
        DEBUG=None,
        SECURE_SSL_REDIRECT=None,
        ALLOWED_HOSTS=None,
    )
    assert shown.stdout == "False True True True True []\n"


def test_passwords_are_kept_by_a_slow_hash(run: Run) -> None:
    """The tests themselves keep them by a quick one; this is what the product has."""
    done = run(
        "-c",
        "import django; django.setup();"
        " from django.contrib.auth.hashers import get_hasher; one = get_hasher();"
        " print(type(one).__name__, one.iterations >= 600_000)",
        DEBUG="1",
    )
    assert done.stdout.split() == ["PBKDF2PasswordHasher", "True"], done.stderr
