"""The themes of projects: this software's own grouping, no source gives one."""

from django.utils.translation import gettext_lazy as _

THEMES = {
    "renaturation": _("renaturation and landscape"),
    "energy": _("energy"),
    "housing": _("housing and renovation"),
    "mobility": _("mobility"),
    "food": _("food and agriculture"),
    "circular": _("re-use and circular economy"),
    "economy": _("business, logistics and training"),
    "solidarity": _("youth, culture and solidarity"),
    "public_space": _("public spaces and facilities"),
    "health": _("health"),
}
