"""Numbers written in figures and in words, French and English."""

import re
from dataclasses import dataclass
from decimal import Decimal

SPACES = " \u00a0\u202f\u2009"
FIGURES = (
    rf"\d{{1,3}}(?:[{SPACES}'’]\d{{3}})+(?!\d)(?:[.,]\d+)?(?![.,]?\d)|\d+(?:[.,]\d+)*"
)

SMALL = {
    "fr": {
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "onze": 11,
        "douze": 12,
        "treize": 13,
        "quatorze": 14,
        "quinze": 15,
        "seize": 16,
        "vingt": 20,
        "vingts": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "huitante": 80,
        "nonante": 90,
    },
    "en": {
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    },
}
ONES = {"fr": {"un": 1, "une": 1}, "en": {"a": 1, "an": 1, "one": 1}}
HUNDREDS = {"cent": 100, "cents": 100, "hundred": 100}
SCALES = {
    "mille": 1000,
    "thousand": 1000,
    "million": 10**6,
    "millions": 10**6,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**9,
}
COLLECTIVES = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
    "dozen": 12,
    "dizaines": 10,
    "douzaines": 12,
    "centaines": 100,
    "milliers": 1000,
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: its value, the unit of its last digit, what is odd in it."""

    value: Decimal
    step: Decimal
    note: str = ""
    is_rough: bool = False


def words_pattern(language: str) -> str:
    """Return the pattern of a run of number words in a language."""
    small = "|".join(sorted(SMALL[language], key=len, reverse=True))
    if language == "fr":
        head = rf"(?:{small}|cents?|mille|un(?=[- ](?:millions?|milliards?)\b))"
        more = (
            rf"(?:{small}|cents?|mille|et[- ](?:un|une|onze)|une?|millions?|milliards?)"
        )
        crowd = "|".join(word for word in COLLECTIVES if word != "dozen")
        rough = rf"(?:une?|{small})[- ](?:petite |bonne |grosse )?(?:{crowd})"
        half = r"un demi[- ](?:million|milliard)"
    else:
        head = rf"(?:{small}|(?:an?|one)(?=[- ](?:hundred|thousand|million|billion)\b))"
        more = (
            rf"(?:{small}|hundred|thousand|million|billion|one|and[- ](?:{small}|one))"
        )
        rough = rf"(?:an?|half an?|{small}) dozen"
        half = r"half an? (?:million|billion)"
    bare = r"un demi(?=[- ]point)|half an?(?= (?:percentage )?point)"
    glued = r"(?:year|month|day|hectare|kilomet|point|job|storey|mile)"
    end = rf"(?![\w]|-(?!{glued})\w)" if language == "en" else r"(?!-?\w)"
    return rf"(?:{bare}|(?:{rough}|{half}|{head}(?:[- ]{more})*){end})"


def read_figures(text: str, language: str) -> Numeral | None:
    """Return what figures say, or None when their separators contradict each other.

    French groups by spaces, once by dots, and cuts decimals by a comma; English
    does the reverse. Where both signs stand, the last one cuts the decimals.
    """
    plain = re.sub(rf"[{SPACES}'’]", "", text)
    marks = [sign for sign in plain if sign in ".,"]
    if not marks:
        return Numeral(Decimal(plain), Decimal(1))
    cut = _decimal_sign(plain, marks, language)
    group = "".join(set(".,") - {cut})
    whole, _, decimals = plain.partition(cut) if cut else (plain, "", "")
    if not re.fullmatch(r"\d+|\d{1,3}(?:[.,]\d{3})+", whole) or group in decimals:
        return None
    value = Decimal(f"{re.sub('[.,]', '', whole)}.{decimals or 0}")
    odd = len(set(marks)) == 2 and cut != {"fr": ",", "en": "."}[language]
    note = "separators of another language" if odd else ""
    return Numeral(value, Decimal(1).scaleb(-len(decimals)), note)


def _decimal_sign(plain: str, marks: list[str], language: str) -> str:
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return ""
    grouping = {"fr": ".", "en": ","}[language]
    groups = re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(grouping)}\d{{3}}", plain)
    return "" if groups else marks[0]


def read_words(text: str, language: str) -> Numeral:
    """Return what number words say; “une trentaine” is rough."""
    words = [word for word in re.split(r"[- ]", text.lower()) if word]
    last = words[-1]
    if last in COLLECTIVES:
        size = COLLECTIVES[last] // (2 if words[0] == "half" else 1)
        count = _small(words[0], language) or 1
        is_rough = not (last == "dozen" and count > 1)
        return Numeral(Decimal(count * size), Decimal(1), is_rough=is_rough)
    if words[0] == "half" or "demi" in words:
        unit = Decimal(SCALES.get(last, 1))
        return Numeral(unit / 2, unit / 10)
    step = SCALES[last] if last in SCALES and SCALES[last] > 1000 else 1
    return Numeral(Decimal(_sum(words, language)), Decimal(step))


def _small(word: str, language: str) -> int:
    return {**SMALL[language], **ONES[language]}.get(word, 0)


def _sum(words: list[str], language: str) -> int:
    total, current = 0, 0
    for word in words:
        if word in HUNDREDS:
            current = max(current, 1) * 100
        elif word in SCALES:
            total = (
                (total + max(current, 1)) * SCALES[word]
                if SCALES[word] > 1000 and total < 10**6
                else total + max(current, 1) * SCALES[word]
            )
            current = 0
        else:
            current = _joined(current, word, language)
    return total + current


def _joined(current: int, word: str, language: str) -> int:
    small = _small(word, language)
    # “quatre-vingts” multiplies; every other pair adds.
    is_eighty = word in ("vingt", "vingts") and current % 100 == 4
    return current - 4 + 80 if is_eighty else current + small
