"""What went wrong is written where the server's own words go: on standard error."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "level": "ERROR",
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"]},
    "loggers": {
        # Django's own handlers are silent in production; each error is told once.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Robots ask for hosts that are not ours all day long: the answer is a 400.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
