"""The words of units: which unit they name, and how many base units they are worth."""

import re
from dataclasses import dataclass
from decimal import Decimal

from terril.analytics.quantities.numerals import SPACES

GAP = rf"[{SPACES}]"

# The order matters: the first that fits is taken.
WORDS: tuple[tuple[str, str, str], ...] = (
    ("percent", "1", r"%|pour cent\b|p\. ?100|per ?cent\b|pct\b"),
    (
        "points",
        "1",
        r"(?:percentage points?|points? de pourcentage|points?(?: de %)?|pts?|pp)\b"
        r"(?! (?:de |d['’])(?:charge|recharge|vente|accueil|contact|collecte|vue"
        r"|apport|rencontre|livraison|passage)| à l['’]ordre| of (?:sale|contact|view))",
    ),
    ("EUR", "1000000000", r"(?:Mds?|Mrds?|milliards?|bn)(?: d['’])?[ \u00a0]?(?:€|euros?\b|EUR\b)"),
    ("EUR", "1000000", r"(?:M|mln|Mio)(?: d['’])?[ \u00a0]?(?:€|euros?\b|EUR\b)"),
    ("EUR", "1000", r"[kK][ \u00a0]?(?:€|euros?\b|EUR\b)"),
    ("EUR", "1", r"(?:€|euros?\b|EUR\b)"),
    ("kWh", "1000000000", r"(?:TWh|térawattheures?|terawatt-hours?)\b"),
    ("kWh", "1000000", r"(?:GWh|gigawattheures?|gigawatt-hours?)\b"),
    ("kWh", "1000", r"(?:MWh|mégawattheures?|megawatt-hours?)\b"),
    ("kWh", "1", r"(?:kWh|kilowattheures?|kilowatt-hours?)\b"),
    ("m2", "1", r"(?:m²|m2\b|mètres?[- ]carrés?\b|square met(?:re|er)s?\b|sq ?m\b)"),
    ("km", "1", r"(?:km|kilom[eè]tres?|kilometers?)\b(?!/h|²|2| carrés?)"),
    ("hectares", "100", r"(?:km²|km2|kilomètres? carrés?|square kilomet(?:re|er)s?)"),
    ("hectares", "1", r"(?:ha|hectares?)\b"),
    ("tonnes", "1000", r"(?:kt|kilotonnes?)\b"),
    ("tonnes", "1", r"(?:tonnes?|tons?|t)\b(?!['’])"),
    ("tonnes", "0.001", r"(?:kg|kilos?|kilogram(?:me)?s?)\b"),
    ("years", "1", r"(?:ans?|années?|years?)\b"),
    ("months", "1", r"(?:mois|months?)\b"),
    ("days", "1", r"(?:jours?|journées?|days?)\b"),
    (
        "jobs",
        "1",
        r"(?:emplois?|postes?|jobs?|posts?|positions?|ETP|équivalents? temps plein"
        r"|full[- ]time equivalents?|FTEs?|embauches?|recrutements?)\b",
    ),
    ("inhabitants", "1", r"(?:habitants?|habitantes?|inhabitants?|residents?|résidents?)\b"),
    (
        "people",
        "1",
        r"(?:personnes?|people|persons?|salariée?s?|employée?s?|employees?|workers?"
        r"|élèves?|pupils?|étudiante?s?|students?|lycéen(?:ne)?s?|collégien(?:ne)?s?"
        r"|jeunes(?! entreprises| pousses)|youngsters?|young people|visiteurs?"
        r"|visitors?|bénévoles?|volunteers?|apprentie?s?|apprentices?|stagiaires?"
        r"|trainees?|opérateurs?|operators?|ouvriers?|ouvrières?|experts?|élue?s?"
        r"|participante?s?|participants?|spectateurs?|spectators?|demandeurs? d['’]emploi"
        r"|job ?seekers?|chômeurs?|alternants?|agents?|porteurs?|project holders?"
        r"|femmes?|hommes?|women|men|enfants?|children|collaborateurs?|retraités?"
        r"|staff|techniciens?|technicians?|ingénieurs?|engineers?|mineurs?|miners?"
        r"|usagers?|adhérents?|membres?|members?|touristes?|tourists?|invités?|guests?)\b",
    ),
    ("communes", "1", r"(?:communes?|municipalit(?:y|ies))\b"),
    ("labels", "1", r"labels?\b"),
    ("projects", "1", r"(?:projets?|projects?|lauréate?s?|laureates?)\b"),
    (
        "companies",
        "1",
        r"(?:entreprises?|sociétés?|PME|TPE|companies|company|firms?|businesses"
        r"|start-ups?|SMEs?)\b",
    ),
    (
        "dwellings",
        "1",
        r"(?:logements?|dwellings?|homes?|houses?|maisons?|appartements?|apartments?"
        r"|flats?|housing units?)\b",
    ),
)
UNIT = re.compile("|".join(f"(?P<u{n}>{one[2]})" for n, one in enumerate(WORDS)))

MULTIPLIERS = {
    **{"millions": 10**6, "million": 10**6, "milliards": 10**9, "milliard": 10**9},
    **{"billion": 10**9, "billions": 10**9, "bn": 10**9, "mille": 10**3},
    **{"thousand": 10**3, "m": 10**6, "k": 10**3, "M": 10**6, "Md": 10**9, "Mds": 10**9},
}
MULTIPLIER = re.compile(r"(?:millions?|milliards?|billions?|mille|thousand)\b")
SHORT = re.compile(r"(?:bn|m|k|M|Mds?)\b")

# Words that no unit is made of, and that end the search for one.
STOP = frozenset(
    """
    a à afin ainsi alors après as at au aussi autant autour autres aux avant avec but by
    car ce ces cet cette chaque chez comme comment contre dans de del depuis des deux
    devant du d dès elle elles en entre environ est et étaient était été être eux font
    grâce hors il ils jusqu la le les leur leurs lors lui mais me même moins n ne ni non
    nos notre nous on ont ou où par parce pas pendant peu plus pour pourcent près puis
    qu quand que quelle quels qui sa sans sauf se selon ses si soit son sont sous
    suivant sur ta tandis tant tous tout toute toutes un une vers via voire vos votre
    vous y ans about above after against all also although am among an and any are
    because been before being below between both can could did do does during each
    either fewer for from had has have he her here his how however if in instead into
    is it its itself just last less like may might more most must near neither next no
    nor not now of off on once only onto or other our out over own per rather same she
    should since so some still such than that the their them then there these they
    this those though through thus to too toward towards under until up upon us via
    was we were what when where whether which while who whom whose why will with
    within without would yet you your
    avait avaient aura auront sera seront serait seraient fut furent va vont doit
    doivent peut peuvent déjà encore ici là très bien mal enfin hier demain
    found went came took left rose got made said fell stood ran saw had knew grew won
    s l c j m t ago later old million millions
    """.split()
)
NOUN = re.compile(r"[a-zà-öø-ÿœ]{3,}(?:[-–][a-zà-öø-ÿœ]+)*(?!['’\w])")


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The unit words after a number: where they end, what they mean."""

    end: int
    unit: str
    factor: Decimal
    noun: str = ""


def unit_after(text: str, start: int, *, is_linked: bool) -> UnitWords | None:
    """Return the unit that follows a number, one or two adjectives allowed between.

    `is_linked` allows “de”, “d’”, “of” in between: “une trentaine de communes”.
    """
    first = at = _skipped(text, start, is_linked=is_linked)
    for _ in range(3):
        found = UNIT.match(text, at)
        if found:
            unit, factor, _words = WORDS[int((found.lastgroup or "u0")[1:])]
            return UnitWords(found.end(), unit, Decimal(factor))
        word = NOUN.match(text, at)
        if word is None or word[0] in STOP or text[word.end() : word.end() + 1] != " ":
            break
        at = word.end() + 1
    return _count_after(text, first)


LINK = re.compile(rf"{GAP}(?:de{GAP}|des{GAP}|d['’]|of )")


def _skipped(text: str, start: int, *, is_linked: bool) -> int:
    link = LINK.match(text, start) if is_linked else None
    if link:
        return link.end()
    is_hyphen = text[start : start + 1] == "-"
    return start + (is_hyphen or text[start : start + 1] in (*SPACES,))


def _count_after(text: str, at: int) -> UnitWords | None:
    noun = NOUN.match(text, at)
    if noun is None or noun[0] in STOP or text[at - 1] == "-":
        return None
    return UnitWords(noun.end(), "count", Decimal(1), noun[0])
