"""Addresses of things: `people.person/7`, so that lines outlive their subjects."""

from django.apps import apps
from django.db.models import Model


def address(thing: Model | str | None) -> str:
    """Return the address of a saved object; a text is already one."""
    if thing is None:
        return ""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}/{thing.pk}"


def resolve(text: str) -> Model | None:
    """Return the object that lives at an address, or None when it is gone."""
    label, _, key = text.partition("/")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model._default_manager.filter(pk=key).first() if key.isdigit() else None
