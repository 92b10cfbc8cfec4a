"""The rules of an edition as validated data: who may apply, stages, committees, outcomes.

A regime is a text in JSON. Templates ship in `texts/*.json`; an agent copies
one, edits it and publishes it. Once published it is hashed and never changes.
"""

from terril.site.programme.regimes.parts import (
    SIGHTS,
    Committee,
    Criterion,
    Eligibility,
    Level,
    Outcome,
    RegimeRefused,
    RegimeText,
    Stage,
    Text,
)
from terril.site.programme.regimes.reading import read
from terril.site.programme.regimes.shipped import (
    TEMPLATES,
    digest_of,
    template,
    template_questions,
)

__all__ = [
    "SIGHTS",
    "TEMPLATES",
    "Committee",
    "Criterion",
    "Eligibility",
    "Level",
    "Outcome",
    "RegimeRefused",
    "RegimeText",
    "Stage",
    "Text",
    "digest_of",
    "read",
    "template",
    "template_questions",
]
