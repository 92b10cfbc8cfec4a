"""What holds digits and is no quantity: dates, quarters, ordinals, names, addresses."""

import re

MONTHS = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|janv\.|févr\.|sept\.|oct\.|nov\.|déc\.|[Jj]anuary|[Ff]ebruary|[Mm]arch"
    r"|[Aa]pril|May|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober|[Nn]ovember"
    r"|[Dd]ecember|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAY = r"\d{1,2}(?:er|st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20|21)\d\d"
_S = r"[ \u00a0\u202f]"
KNOWN_AFTER = (
    rf"(?!{_S}?(?:%|€|[kM]€|Md|million|milliard|billion|euros?|emplois|jobs|habitants"
    r"|inhabitants|communes|projets|projects|logements|homes|dwellings|entreprises"
    r"|companies|personnes|people|salariés|employees|points?|hectares|ha\b|km|m²|m2"
    r"|tonnes|ans\b|years|mois|months|jours|days|kWh|MWh|GWh|labels|postes|places"
    r"|élèves|visiteurs|visitors|pour cent|per cent))"
)

# In order: the longer forms first. Each hides what it finds from the reader.
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Programmes bear a year, whatever follows: “80 France 2030 projects”.
        rf"\b(?:France|Horizon|Europe|Agenda|Objectif|Cap|Vision|Ambition|Label)[ \u00a0\n]{YEAR}\b",
        r"(?<![\d.,/])\d{1,4}/\d{1,4}(?![\d/]| ?[%€]| (?:des?|du|of)\b| d['’])",
        r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
        r"(?:\+33|\(0\)|\b0)[ .]?[1-9](?:[ .\u00a0\u202f-]?\d\d){4}\b",
        rf"\b(?:{DAY}{_S}?(?:,|et|and|au|à|to|-|–){_S}?(?:le )?)*{DAY}{_S}{MONTHS}\b(?:,?{_S}\d{{4}})?",
        rf"\b{MONTHS}{_S}{DAY}(?:(?: and |-|–| to ){DAY})?\b(?:,? {YEAR}\b)?(?!{_S}?[%€])",
        rf"\b{MONTHS}{_S}{YEAR}\b",
        rf"\b\d{{1,2}}-(?:[A-Z]?[a-zéû]+)-{YEAR}\b|\b\d{{1,2}}-[A-Z][a-zéû]+\b|(?<![\d.,'’])(?<!\d[ \u00a0\u202f\u2009])0\d{{2,}}\b(?![.,])",
        rf"\b(?:le |du |au |the |from )?{DAY} (?:au|et le|to the) (?={DAY} )",
        r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b",
        rf"\b(?:[TtQq][1-4][ \u00a0/-]{YEAR}|{YEAR}[ -][TtQq][1-4]|[TQ][1-4]\b)",
        (
            rf"\b(?:\d(?:er|e|ème)|premier|deuxième|troisième|quatrième|\d(?:st|nd|rd|th)"
            rf"|first|second|third|fourth) (?:trimestre|semestre|quarter|half)(?: of| de)?(?: {YEAR})?"
        ),
        r"\b\d{1,2}[ \u00a0]?[hH][ \u00a0]?[0-5]\d\b|\b\d{1,2}[ \u00a0]?h\b(?=[ ,.;)]|$)",
        r"\b\d{1,2}(?:[.:][0-5]\d)?[ \u00a0]?[ap]\.?m\b\.?|\b\d{1,2}:[0-5]\d\b",
        r"\b24[ \u00a0]?h(?:eures)?[ ]?(?:/|sur)[ ]?24\b|\b7[ ]?j(?:ours)?[ ]?(?:/|sur)[ ]?7\b|24/7",
        r"\b\d+[ \u00a0]?(?:ers?|ères?|res?|ndes?|nds?|es?|è[mr]es?|èmes?|st|nd|rd|th)\b(?![’'])",
        rf"\b[Aa]nnées[ ]\d0\b|\b(?:{YEAR}|\d0)s\b",
        r"[\[(]\d{1,2}[\])]|\(\d{5}\)|\b\d{5}(?=[ ][A-ZÉÈ][\w’'-]+)",
        r"^\s*\d{1,2}[.)°](?= )|^\s*#+ ?\d+(?:\.\d+)*",
        r"(?i)\b(?:siren|siret|insee|rna)\b(?: :| n°)?[ \u00a0]?[\d \u00a0\u202f]{5,}\d",
        r"(?i)(?:\bn[°º]s?|\bno\.|\bnuméros?|\bfile no\.?|\bref\.?|\bréf\.?)[ \u00a0]?[\w/-]*\d[\w/-]*",
        r"\b\d+(?: bis| ter)?,? (?:rue|avenue|boulevard|bd|place|chemin|impasse|allée|route|quai|cours)\b",
        r"\b\d+ [A-Z]\w+ (?:Street|Road|Avenue|Lane|Square|Place)\b",
        (
            r"(?i)\b(?:articles?|section|chapitre|chapter|version|page|pages|p\.|art\.|annexe|appendix"
            r"|table|tableau|figure|fig\.|salles?|room|exit|sortie|lot|phase|zone|étape|step|tome"
            r"|volume|vol\.|ligne|line|bus|voie|platform|terminale|première|seconde|niveau|level"
            r"|type|catégorie|category|chambre|bâtiment|building|porte|gate|fosse|pit|puits|étage"
            r"|floor|groupe|group|équipe|team|option|scope|tier|stade|version|grade|classe|class"
            r"|question|point n°|route|motorway|formule|cycle|axe|pilier|objectif|objective"
            r"|label|appel|décret|loi|law|act|cité|vague|wave|saison|season|épisode|chaîne|bloc)s?"
            rf"[ \u00a0](?:[A-Z]{{1,2}}[ .-]?)?\d+(?:[.-]\d+)*(?: bis| ter)?\b{KNOWN_AFTER}"
            r"(?:(?:,| et| and| ou| or) \d{1,3}\b(?= ?[.;,)]|$))*"
        ),
        r"\b[A-Za-zÀ-ÿ]{2,}-\d+\b|\b\d+-\d+ (?:bis|ter)\b|\b(?:19|20)\d\d[-/–](?:(?:19|20)?\d\d)\b(?! ?[%€])|\b\d{4}-\d{3}\b",
        (
            rf"(?<=.)\b[A-ZÀ-Ý][\w’'-]*[A-Za-zÀ-ÿ]{_S}(?:{YEAR}|\d{{1,3}})\b(?![.,]\d|{_S}\d{{3}}){KNOWN_AFTER}"
            r"(?! [a-zà-ÿ]{4,})"
        ),
        rf"(?<![\d.,]){YEAR}(?![.,]?\d|{_S}\d{{3}}\b|\w){KNOWN_AFTER}",
        (
            rf"\b(?:en|depuis|dès|in|since|by|until|before|of|pour|horizon|fin|début|the|et|and|avant"
            rf"|d['’]ici|après|after|from|entre|between|de|année|year|exercice) {YEAR}\b(?=[ ,.;:)]|$)"
            rf"(?!{_S}(?:%|€|emplois|jobs|euros|habitants|projets))"
        ),
        (
            r"(?i)\b(?:à|a) deux pas\b|\bentre(?:-| )deux\b|\bdeux-roues\b|\bun[e]? à un[e]?\b|\bone-off\b"
            r"|\bsecond to none\b|\bten to one\b|\bdeux poids,? deux mesures\b|\bone by one\b|\bsur les deux\b"
            r"|\ben deux mots\b|\bde temps à autre\b|\btwo-fold\b|\btous (?:les )?deux\b|\btoutes (?:les )?deux\b"
        ),
    )
)
HIDDEN = "\x00"


def hide(text: str) -> str:
    """Return the text with everything that is no quantity blotted out, same length."""
    for pattern in PATTERNS:
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return text
