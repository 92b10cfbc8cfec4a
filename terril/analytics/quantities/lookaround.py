"""What is said around a number: qualifiers and status words."""

import re

_Q = r"(?:[ \u00a0\u202f]*(?:de|d['’]|des|du|les|le|la|the|of|à|aux|a|some)?[ \u00a0\u202f]*)?$"

# The order matters: “un peu plus de” before “un peu”, “no more than” before “more than”.
BEFORE = tuple(
    (qualifier, re.compile(rf"(?i)(?:(?<!\w)(?:{words})|{signs}){_Q}"))
    for qualifier, words, signs in (
        (
            "at_most",
            (
                r"jusqu['’](?:à|aux?)|au (?:plus|maximum)|tout au plus|pas plus de|up to"
                r"|at most|(?:no|not) more than|a maximum of|maximum"
            ),
            "≤",
        ),
        (
            "at_least",
            (
                r"au (?:moins|minimum)|pas moins de|at least|no (?:fewer|less) than"
                r"|not (?:fewer|less) than|a minimum of|minimum"
            ),
            "≥",
        ),
        (
            "nearly",
            (
                r"pr[èe]s(?= de| d['’])|presque|proches?(?= de| d['’])|approch(?:e|ent|ant)|pas loin|quasi(?:ment)?"
                r"|nearly|almost|close to|just under|approach(?:es|ing)?"
            ),
            r"\x01",
        ),
        (
            "more_than",
            (
                r"plus(?= de| d['’])|au-delà|barre(?= de)|dépass(?:e|ent|é|ée|ant|er|era)|franchi(?:t|ssent|r)?|supérieure?s? à"
                r"|more than|(?:over|above)(?=[ \u00a0]*$)|exceed(?:s|ed|ing)?|upwards of|in excess of|greater than"
            ),
            r"(?<![-=])>",
        ),
        (
            "less_than",
            r"moins(?= de| d['’])|inférieure?s? à|sous|less than|fewer than|(?:under|below)(?=[ \u00a0]*$)|en dessous",
            "<",
        ),
        (
            "about",
            (
                r"environ|autour|aux alentours|de l['’]ordre|à peu près|quelques?|avoisin(?:e|ent|ant)"
                r"|approximativement|around|about|roughly|approximately|circa|some|ca\.|in the region of"
            ),
            "[~≈±]",
        ),
    )
)
AFTER = tuple(
    (qualifier, re.compile(rf"(?i)[ \u00a0,]*(?:{words})\b"))
    for qualifier, words in (
        ("about", r"environ|approximativement|or so|approximately|à peu près"),
        ("at_least", r"au (?:moins|minimum)|ou plus|et plus|at least|or more|minimum"),
        (
            "at_most",
            r"au (?:plus|maximum)|tout au plus|at most|maximum|or less|ou moins",
        ),
    )
)


def qualifier_around(text: str, start: int, end: int) -> str:
    """Return the qualifier printed before or after a span, or an empty text."""
    before = text[max(0, start - 32) : start]
    for qualifier, pattern in BEFORE:
        if pattern.search(before):
            return qualifier
    for qualifier, pattern in AFTER:
        if pattern.match(text, end):
            return qualifier
    return ""


STATUS = re.compile(
    r"""(?ix)
    (?P<announced>\b(?:annon[cç]\w+|announc\w+))
    |(?P<planned>\b(?:pr[ée]v(?:oi\w*|u\w*|isions?)|planifi\w+|envisag\w+|vis(?:e|ent|er|ant)
        |attendue?s?|à\ terme|devr(?:ait|aient|a|ont)|doi(?:t|vent)|objectif|cré(?:er|era|eront)
        |emploier\w*|recrutera\w*|fournira\w*|planned|plans\ to|expect\w+|foresee\w*|aim\w*|will\ (?:be\ )?\w+|to\ create|pour\ créer
        |target\w*|forecast\w*|promis\w+|programmée?s?|projected)\b)
    |(?P<committed>\b(?:engag\w+|commit(?:s|ted|ting|ments?)?\b|pledg\w+))
    |(?P<created>\b(?:créée?s?|created?|creation|création)\b)
    |(?P<recruited>\b(?:recrut(?:é|ée|és|ées|e|ent)\b|embauchée?s?\b|hir(?:ed|es)\b|recruit(?:ed|s)?\b))
    |(?P<kept>\b(?:maintenue?s?|conservée?s?|préservée?s?|sauv(?:é|ée|és|ées)|kept|maintained
        |saved|safeguarded|preserved)\b)
    |(?P<lost>\b(?:supprim\w+|perd(?:u|ue|us|ues)|détruit\w*|licenci\w+|lost|cuts?|axed
        |shed|laid\ off|destroyed)\b)
    |(?P<realised>\b(?:réalisée?s?|livrée?s?|livrer|achevée?s?|construite?s?|delivered
        |completed|built|realised)\b)
    """
)
WITH_STATUS = frozenset(
    (
        *("EUR", "jobs", "people", "projects", "companies", "dwellings"),
        *("count", "labels", "hectares", "km", "kWh", "m2", "tonnes"),
    )
)


def status_of(text: str, span: tuple[int, int], bounds: tuple[int, int]) -> str:
    """Return the status word nearest to a span, within the bounds of its clause."""
    start, end = span
    nearest, name = 60, ""
    for found in STATUS.finditer(text, *bounds):
        far = found.start() - end
        if found.end() <= start:
            far = _far_before(text, (found.start(), found.end()), start, bounds[0])
        if 0 <= far < nearest:
            nearest, name = far, found.lastgroup or ""
    return name


def _far_before(text: str, word: tuple[int, int], start: int, low: int) -> int:
    """Return how far a word before a number is, or -1 when it is not about it.

    A word that follows its number speaks of it more often than one before; one that
    touches the number before speaks of that one; a comma cuts.
    """
    is_taken = 0 < low <= word[0] and not text[low : word[0]].strip()
    if is_taken or "," in text[word[1] : start]:
        return -1
    return start - word[1] + 4
