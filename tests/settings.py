"""The settings of the tests: those of the site, in a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TERRIL_TEST_VAR" not in os.environ:
    folder = os.environ["TERRIL_TEST_VAR"] = tempfile.mkdtemp(prefix="terril-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (Path(folder) / "static").mkdir()
os.environ["TERRIL_VAR"] = os.environ["TERRIL_TEST_VAR"]
os.environ["TERRIL_DEMO"] = os.environ["STATIC_MANIFEST"] = "0"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["SITE_URL"] = "http://127.0.0.1:8000"
os.environ["EMAIL_URL"] = "memory:"

from terril.config.settings import *  # noqa: F403, TID251 -- after the names above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
