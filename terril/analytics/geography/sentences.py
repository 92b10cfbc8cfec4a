"""What the library says in English, said in French where it is printed."""

import re

# The English of the library, as a pattern, and its French.
SENTENCES = tuple(
    (re.compile(english), french)
    for english, french in (
        # Places.
        (
            "a place begins with one of (.+), then a colon",
            "un lieu commence par l’un de {0}, puis deux-points",
        ),
        (
            "a code alone does not say its level",
            "un code seul ne dit pas de quelle maille il est",
        ),
        ("no place is written so", "aucun lieu ne s’écrit ainsi"),
        ("several places bear this name", "plusieurs lieux portent ce nom"),
        ("a place is written by its code", "un lieu s’écrit par son code"),
        ("the code was stored as a number", "le code a été enregistré comme un nombre"),
        ("the code lost its leading zero", "le code a perdu son zéro de tête"),
        ("this is the code of another level", "c’est le code d’une autre maille"),
        (
            r"no code of this level \(.+\) is written so",
            "aucun code de cette maille ne s’écrit ainsi",
        ),
        ("no commune ever bore this code", "aucune commune n’a jamais porté ce code"),
        ("no .+ bears this code", "aucun lieu de cette maille ne porte ce code"),
        (
            "this is an arrondissement of a commune",
            "c’est un arrondissement d’une commune",
        ),
        (
            "communes of collectivities overseas are not in the movements",
            "les communes des collectivités d’outre-mer ne sont pas dans les mouvements",
        ),
        (
            "the code has 4 characters: it lost its leading zero",
            "le code a 4 caractères : il a perdu son zéro de tête",
        ),
        (
            "the letter of a code of Corsica is a capital",
            "la lettre d’un code de Corse est une capitale",
        ),
        (
            r"no commune bears this code yet on (\S+)",
            "aucune commune ne porte encore ce code le {0}",
        ),
        (
            r"no commune bears this code any more on (\S+)",
            "plus aucune commune ne porte ce code le {0}",
        ),
        # Lines of a file.
        (
            "a value is missing, or this is a note",
            "une valeur manque, ou c’est une note",
        ),
        (
            r"(\d+) values where two are expected",
            "{0} valeurs au lieu de deux",
        ),
        ("this is a note, not a commune", "c’est une note, pas une commune"),
        (
            r"the commune (\S+) is already on line (\d+)",
            "la commune {0} est déjà à la ligne {1}",
        ),
        (
            "the number is written with spaces or a comma",
            "le nombre est écrit avec des espaces ou une virgule",
        ),
        (
            "a count is not below zero",
            "un effectif n’est pas négatif",
        ),
        ("this is not a number", "ce n’est pas un nombre"),
        (
            "Remove the note, or write the value: a missing count is not zero.",
            "Retirer la note, ou écrire la valeur : un effectif manquant n’est pas zéro.",
        ),
        (
            "Separate columns with a comma or a semicolon, write decimals with a dot.",
            (
                "Séparer les colonnes par une virgule ou un point-virgule, écrire les "
                "décimales avec un point."
            ),
        ),
        ("Remove it from the file.", "La retirer du fichier."),
        (
            "Keep one line for each commune: nothing says whether they add up.",
            "Garder une ligne par commune : rien ne dit si elles s’additionnent.",
        ),
        (r"Write (\S+)\.", "Écrire {0}."),
        (
            "Carry what is added and removed apart.",
            "Reporter séparément ce qui s’ajoute et ce qui se retire.",
        ),
        (
            "A secret or missing count is no zero: leave the commune out, knowingly.",
            (
                "Un effectif secret ou manquant n’est pas zéro : laisser la commune de "
                "côté, en le sachant."
            ),
        ),
        # Answers.
        ("some lines cannot be counted", "des lignes ne peuvent pas être comptées"),
        (
            r"some codes are no communes on (\S+)",
            "des codes ne sont pas des communes le {0}",
        ),
        (
            "some counts cannot be placed: declare shares, or leave them apart",
            "des effectifs sont sans place : déclarer des parts, ou les laisser à part",
        ),
        (
            "it is not in the geography of that day: it left the list of communes",
            "elle n’est pas dans la géographie de ce jour",
        ),
        (
            "no share is declared and no population founds one",
            "aucune part déclarée, aucune population pour en fonder une",
        ),
        (
            r"the shares declared for (\S+) were not used: no such split",
            "les parts déclarées pour {0} n’ont pas servi : pas de tel partage",
        ),
        (
            "the file begins with a byte order mark; it was left out",
            "le fichier commence par une marque d’ordre des octets, laissée de côté",
        ),
        (
            "a comma inside a count is read as its decimal mark",
            "une virgule dans un effectif est lue comme sa décimale",
        ),
        (r"population (\d{4})", "populations municipales de {0}"),
        ("declared", "parts déclarées"),
    )
)


def in_french(sentence: str) -> str:
    """Return a sentence of the library in French; as it is when it has none."""
    for english, french in SENTENCES:
        found = english.fullmatch(sentence)
        if found:
            return french.format(*found.groups())
    return sentence
