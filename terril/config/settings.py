"""Settings, from the environment; `.env.example` lists and explains every name."""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from terril.config.logs import *  # noqa: F403 -- where errors are told
from terril.config.signing import *  # noqa: F403 -- nothing there is a choice

env = Env()
env.read_env(path=str(Path.cwd() / ".env"), recurse=False)

PACKAGE = Path(__file__).resolve().parent.parent
SITE = PACKAGE / "site"

DEBUG = env.bool("DEBUG", default=False)
# The demonstration opens every role to anybody: never on a real territory.
DEMO = env.bool("TERRIL_DEMO", default=False)
VAR = env.path("TERRIL_VAR", Path("var", "demo" if DEMO else "")).resolve()
TERRITORY = env.str("TERRIL_TERRITORY", "pma")
TILES_URL = env.str("TERRIL_TILES_URL", "")
TILES_ATTRIBUTION = env.str("TERRIL_TILES_ATTRIBUTION", "")

OPEN_KEY = "demonstration-only-" + "x" * 50 if DEBUG or DEMO else ""
SECRET_KEY = env.str("SECRET_KEY", "") or OPEN_KEY
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Put a long random text in .env (see .env.example)."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
# What the legal pages say of the publisher; what is empty is shown as missing.
LEGAL = {
    name: env.str(f"TERRIL_{name.upper()}", "")
    for name in (
        "publisher_address",
        "publisher_phone",
        "publication_director",
        "host",
        "contact_email",
        "security_email",
        "data_officer",
        "rgaa_audit",
    )
}

INSTALLED_APPS = [
    "terril.site.website",
    "terril.site.projects",
    "terril.site.programme",
    "terril.site.meetings",
    "terril.site.people",
    "terril.site.places",
    "terril.site.commons",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "terril.site.commons.middleware.PublicPageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "terril.site.commons.middleware.PackedStaticMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "terril.site.commons.middleware.ZeroCharacterMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "terril.site.commons.middleware.PrivatePageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "terril.site.people.middleware.RoleMiddleware",
    "terril.site.commons.middleware.RefusalMiddleware",
    "terril.site.commons.middleware.ReadOnlyMiddleware",
]

ROOT_URLCONF = "terril.config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["terril.site.commons.templatetags.format"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "terril.site.website.context.site",
            ],
        },
    }
]
FORM_RENDERER = "terril.site.commons.forms.Renderer"

DATABASE = env.dj_db_url(
    "DATABASE_URL", f"sqlite:///{VAR}/terril.sqlite3", conn_max_age=600
)
if DATABASE["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(parents=True, exist_ok=True)
    # Writers wait in line at BEGIN instead of failing half-way (docs/adr/0001).
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Opening the file again for each page costs more than most pages do.
    DATABASE["CONN_MAX_AGE"] = None
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits are counted for the visitor, not for the proxy.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", *env.list("TERRIL_TILES_HOSTS", [])],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Leaflet comes inside a package whose Django part would ask for GDAL.
LEAFLET = Path(find_spec("leaflet").origin).parent / "static"  # type: ignore[union-attr,arg-type]
STATICFILES_DIRS = [SITE / "static", LEAFLET]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "media", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("STATIC_MANIFEST", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env.bool("STATIC_MANIFEST", default=False)
# One file is refused above this; the whole request somewhat later.
DOCUMENT_MAX_BYTES = env.int("TERRIL_DOCUMENT_MAX_BYTES", 20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "terril.site.commons.documents.uploads.LimitedUploadHandler",
]

vars().update(env.dj_email_url("EMAIL_URL", f"file:///{VAR}/mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "terril@example.org")
