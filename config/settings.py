"""Settings of the product, all read from the environment (see `.env.example`).

Invariants: a production start (`DEBUG=0`) without its secrets fails at once; every secret has a development default
that production refuses; `PRACTICE_DATE` exists for demo and training only.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".data"

env = environ.Env()

# The variable DEBUG asks for a demonstration: published passwords, a practice date, secrets for development.
DEMONSTRATION = env.bool("DEBUG", default=False)
# Django's own pages for errors show code and values. Nobody who tries the product is to see them either.
DEBUG = False

DEVELOPMENT_SECRET = "development-only-" + "x" * 50
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_SECRET if DEMONSTRATION else "")
if not SECRET_KEY or (not DEMONSTRATION and SECRET_KEY == DEVELOPMENT_SECRET):
    raise ImproperlyConfigured("SECRET_KEY is not set. Set it to at least 50 random characters.")

# Refused words are told apart in the log by a keyed hash. A key of its own: it outlives a change of SECRET_KEY.
DEVELOPMENT_WORDS_KEY = "development-only-" + "w" * 50
REFUSED_WORDS_KEY = env.str("REFUSED_WORDS_KEY", default=DEVELOPMENT_WORDS_KEY if DEMONSTRATION else "")
if not REFUSED_WORDS_KEY or (not DEMONSTRATION and REFUSED_WORDS_KEY == DEVELOPMENT_WORDS_KEY):
    raise ImproperlyConfigured(
        "REFUSED_WORDS_KEY is not set. Set it to at least 50 random characters and never change it."
    )

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"] if DEMONSTRATION else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The day on which policy, age and clocks are judged. Production judges by the real day.
PRACTICE_DATE: datetime.date | None = None
_practice_date = env.str("PRACTICE_DATE", default="")
if _practice_date:
    if not DEMONSTRATION:
        raise ImproperlyConfigured("PRACTICE_DATE is for demo and training only. Unset it, or set DEBUG=1.")
    try:
        PRACTICE_DATE = datetime.date.fromisoformat(_practice_date)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"PRACTICE_DATE is '{_practice_date}'. Write it as YYYY-MM-DD, for example 2024-12-10."
        ) from error

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "csp",
    "axes",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "ledger",
    "policy",
    "accounts",
    "cases",
    "assessment",
    "review",
    "oversight",
    "config",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "config.api.access.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.IdleSessionMiddleware",
    "config.api.access.ApiAccessMiddleware",
    "accounts.middleware.ActorMiddleware",
    "config.middleware.RouteAccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.context.shell",
            ],
            "libraries": {"totality": "config.templatetags.totality"},
            "builtins": ["config.templatetags.totality", "django.templatetags.static"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "config.forms.PlainRenderer"

# `default` is the application's role; `owner` exists only where someone migrates, `sealer` where the log is sealed.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgres://totality_app@127.0.0.1:5432/totality"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
if env.str("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.db_url("DATABASE_OWNER_URL")
if env.str("DATABASE_SEALER_URL", default=""):
    DATABASES["sealer"] = env.db_url("DATABASE_SEALER_URL")
for _database in DATABASES.values():
    _database.setdefault("OPTIONS", {})["application_name"] = "totality"
    _database["ENGINE"] = "django.db.backends.postgresql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGTRIGGER_MIGRATIONS = True
PGTRIGGER_SCHEMA_EDITOR = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"

# Lock-out after five failures for one name (SP 800-53 AC-7); the lock passes by itself.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]

SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = env.int("IDLE_MINUTES", default=15)
SESSION_COOKIE_SECURE = not DEMONSTRATION
CSRF_COOKIE_SECURE = not DEMONSTRATION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMONSTRATION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# A pasted text of 10 MB must reach the form, so that it can be answered with the text kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# A form with files: evidence of 20 MB, and on the page that checks exports a whole one.
LARGEST_FORM = 32 * 1024 * 1024
LARGEST_UPLOAD = env.int("LARGEST_UPLOAD", default=512 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "ledger.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Files of evidence: outside of the web root, served by a view alone.
ATTACHMENTS_DIR = Path(env.str("ATTACHMENTS_DIR", default=str(DATA_DIR / "attachments")))

# Exports of the log: outside of the web root as well, and removed after so many days.
EXPORTS_DIR = Path(env.str("EXPORTS_DIR", default=str(DATA_DIR / "exports")))
EXPORT_DAYS = env.int("EXPORT_DAYS", default=14)
# How long an export waits for the sealer to cover the log up to its own request.
EXPORT_SEAL_SECONDS = env.int("EXPORT_SEAL_SECONDS", default=30)

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEMONSTRATION
WHITENOISE_AUTOREFRESH = False

# The name under which the log signs its checkpoints. Its keys are read by the sealer alone, never here.
LOG_ORIGIN = env.str("LOG_ORIGIN", default="") or ("totality.example/log" if DEMONSTRATION else "")

# An entry that waits longer than this for its seal is a reason not to be ready.
SEAL_LAG_SECONDS = env.int("SEAL_LAG_SECONDS", default=60)

# The edition whose training is asked for at signing.
TRAINING_EDITION = "2021-09-30"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.api.persons.SessionOrToken"],
    "DEFAULT_PERMISSION_CLASSES": ["config.api.persons.AsThePage"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cases.api.json_only.StrictJson"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "cases.api.json_only.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.Schema",
    "EXCEPTION_HANDLER": "config.api.problems.answer_for",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    # Its lists of choices come from the activated edition, so that it needs the database; the tests look at it.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "TITLE": "Totality",
    "DESCRIPTION": "The same services, rights, rules and texts as the pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL

# Reminders and kept filters by mail, only where the operator names a server.
MAIL_ENABLED = bool(env.str("EMAIL_URL", default=""))
if MAIL_ENABLED:
    vars().update(env.email_url("EMAIL_URL"))
# A server that does not answer must not hold a worker, nor its transaction, for longer than they may last.
EMAIL_TIMEOUT = 10
# Where people reach the product, for the addresses in mails.
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="").rstrip("/") or (
    CSRF_TRUSTED_ORIGINS[0]
    if CSRF_TRUSTED_ORIGINS
    else f"https://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else ''}"
)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="totality@localhost")
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that only nudges a worker must not wait long for a broker that is away.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_BEAT_SCHEDULE = {
    "ledger-partitions": {
        "task": "ledger.tasks.ensure_partitions",
        "schedule": datetime.timedelta(hours=6),
    },
    "ledger-exports": {
        "task": "ledger.tasks.run_exports",
        "schedule": datetime.timedelta(seconds=15),
        # While all workers are busy, sweeps must not pile up.
        "options": {"expires": 14},
    },
    "ledger-exports-expire": {
        "task": "ledger.tasks.expire_exports",
        "schedule": datetime.timedelta(hours=1),
    },
    "review-reminders": {
        "task": "review.tasks.send_reminders",
        "schedule": datetime.timedelta(seconds=15),
        "options": {"expires": 14},
    },
    "review-digests": {
        "task": "review.tasks.send_digests",
        "schedule": datetime.timedelta(seconds=60),
        "options": {"expires": 59},
    },
    "review-seed": {
        "task": "review.tasks.retire_seed",
        "schedule": datetime.timedelta(hours=6),
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

# axes.W006 wants the lock-out by address: officers of one office share one, and a name is what is guessed.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
