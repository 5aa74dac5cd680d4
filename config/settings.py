"""All settings in one file. The environment is read here, at the top, and nonsense fails loudly."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.environment import address, choice, flag, kept_secret, number, text, words

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Read from the environment --------------------------------------------------------------------

PRODUCTION = flag("PRODUCTION", default=False)
DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = kept_secret("SECRET_KEY", DATA_DIR, required=PRODUCTION)
FIELD_KEY = kept_secret("FIELD_KEY", DATA_DIR, required=PRODUCTION)
DATABASE_URL = address(
    "DATABASE_URL", f"sqlite:///{DATA_DIR / 'homegroup.sqlite3'}", ["postgres", "postgresql", "sqlite"]
)
# Statements prepared on the server; "0" behind a pooler that hands each transaction another connection.
DATABASE_PREPARES = flag("DATABASE_PREPARES", default=True)
REDIS_URL = address("REDIS_URL", "", ["redis", "rediss", "unix"])
ALLOWED_HOSTS = words("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
SITE_NAME = text("SITE_NAME", "Homegroup")
SITE_URL = text("SITE_URL", "").rstrip("/")
TIME_ZONE = text("SITE_TIME_ZONE", "UTC")
# "auto": say so while invented listings are loaded. "on": old data, say so always. "off": never.
INVENTED_DATA_NOTICE = choice("INVENTED_DATA_NOTICE", ["auto", "on", "off"])
# Whose meetings the BMLT address holds: a phone line of one fellowship must not read out another's.
BMLT_FELLOWSHIPS = words("BMLT_FELLOWSHIPS", ["na"])
# Whose meetings the Meeting Guide feed holds unless it is asked for others: its codes are AA's.
MEETING_GUIDE_FELLOWSHIPS = words("MEETING_GUIDE_FELLOWSHIPS", ["aa"])
# How many reverse proxies of ours stand before us; their X-Forwarded-For is believed, nobody else's.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0, least=0, most=5)
# "This name and all below it by https alone, for a year": right only where no sibling site is still on http.
HSTS_SUBDOMAINS = flag("HSTS_SUBDOMAINS", default=False)
PUBLIC_READS_A_MINUTE = number("PUBLIC_READS_A_MINUTE", 600, least=1, most=1_000_000)
# How many meetings' links, passcodes and dial-ins one address may read; a person needs a few.
JOIN_DETAILS_A_MINUTE = number("JOIN_DETAILS_A_MINUTE", 30, least=1, most=1_000_000)
# "gazetteer" needs no network; any other name is a geopy service, with its options as JSON.
GEOCODER = text("GEOCODER", "gazetteer")
GEOCODER_OPTIONS = text("GEOCODER_OPTIONS", "{}")
GAZETTEER_PATH = Path(text("GAZETTEER_PATH", str(DATA_DIR / "gazetteer.sqlite3")))
# A tile server that the operator has the right to use; empty: the plain map that ships.
MAP_TILES_URL = text("MAP_TILES_URL", "")
MAP_TILES_CREDIT = text("MAP_TILES_CREDIT", "")
# Invented listings on a site that never held one, so that `make run` has something to show.
LOAD_SAMPLE = flag("LOAD_SAMPLE", default=not PRODUCTION)
MAX_FEED_BYTES = number("MAX_FEED_MB", 512, least=1, most=10_000) * 1024 * 1024

if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is empty. Name the site's hosts: ALLOWED_HOSTS=meetings.example.org"
    )

# --- Django ---------------------------------------------------------------------------------------

DEBUG = False
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "django_htmx",
    "config.apps.ConfigConfig",
    "accounts.apps.AccountsConfig",
    "meetings.apps.MeetingsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Policy",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PageLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.AudienceGate",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Member"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "meetings.notice.context",
            ]
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL: readers never wait for the writer. IMMEDIATE: two writers queue up instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
    }
if DATABASES["default"]["ENGINE"].endswith("postgresql") and DATABASE_PREPARES:
    # The finder asks the same few statements again and again: PostgreSQL plans them once a connection.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            # A cache that hangs must not hold up a reader.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}
    ),
    # Ready answers, by version of the listings: each process keeps its own, so none can be stale.
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
# Celery spells a socket's address differently. Without a Redis, messages are files: one machine only.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) or "filesystem://"
if not REDIS_URL:
    _messages = {name: DATA_DIR / "messages" / name for name in ("waiting", "control")}
    for _folder in _messages.values():
        _folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_messages["waiting"]),
        "data_folder_out": str(_messages["waiting"]),
        "control_folder": str(_messages["control"]),
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Words and places -----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
# Leaflet's files come from django-leaflet, by folder: as an app it would ask for GDAL.
_leaflet = find_spec("leaflet")
if not _leaflet or not _leaflet.origin:
    raise ImproperlyConfigured("django-leaflet is not installed. Run: pip install -r requirements.txt")
STATICFILES_DIRS = [BASE_DIR / "static", Path(_leaflet.origin).parent / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Safety ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
if MAP_TILES_URL:
    # Leaflet puts a letter where the address has {s}.
    _tiles = "/".join(MAP_TILES_URL.split("/")[:3]).replace("{s}", "*")
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_tiles)
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION and HSTS_SUBDOMAINS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- The API --------------------------------------------------------------------------------------

CORS_URLS_REGEX = r"^/(api/v1|feeds|main_server)/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.problems.handle",
    "UNAUTHENTICATED_USER": None,
    # Unknown parameters are ignored, `format` among them.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "Mutual-aid meetings: where and when, by place, time, type and words. No key needed.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "meetings.api.parameters.empty_is_none",
    ],
}

# --- Log: ids, never people -----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    # Which page somebody could not find is nobody's business.
    "loggers": {"django.request": {"level": "ERROR"}},
}
