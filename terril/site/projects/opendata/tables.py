"""The public tables of the register, column by column."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.opendata import Column, PublicTable
from terril.site.programme.queries.maturing import is_maturing_public
from terril.site.programme.themes import THEMES
from terril.site.projects.models import Project
from terril.site.projects.queries.tables import CERTAINTY_WORDS
from terril.site.projects.rules.filters import STATES
from terril.site.projects.rules.holders import NO_ORGANISATION, ORGANISATION

COMMUNE = r"[0-9][0-9AB][0-9]{3}"
COMMUNES = rf"{COMMUNE}( {COMMUNE})*"
SIREN = r"[0-9]{9}"

PROJECTS = PublicTable(
    name="projets",
    title=_("Register of labelled projects"),
    description=_(
        "The labelled projects that this register knows, with what is certain and "
        "the sources. An empty cell means that the value is not known."
    ),
    key="numero",
    point=("longitude", "latitude"),
    columns=(
        Column(
            "numero", _("number in this register"), is_required=True, example="2022-L03"
        ),
        Column("nom", _("name of the project"), is_required=True),
        Column(
            "distinction",
            _("what was awarded"),
            is_required=True,
            values=tuple(Project.Distinction.values),
        ),
        Column(
            "etat",
            _("state of the label on the day of the file"),
            is_required=True,
            values=tuple(STATES),
        ),
        Column(
            "theme",
            _("theme, a grouping of this software that no source gives"),
            values=tuple(THEMES),
        ),
        Column("theme_titre", _("name of the theme, in French")),
        Column("edition", _("code of the edition")),
        Column("edition_titre", _("title of the edition")),
        Column("annee", _("year of the label, as its source gives it"), "integer"),
        Column("porteur", _("holder of the project")),
        Column("porteur_siren", _("SIREN of the holder"), pattern=SIREN),
        Column(
            "porteur_type",
            _("whether the holder is an organisation; empty when not known"),
            values=(ORGANISATION, NO_ORGANISATION),
        ),
        Column(
            "communes_codes",
            _("INSEE codes of the communes, separated by a space"),
            pattern=COMMUNES,
            example="62276 62132",
        ),
        Column("communes", _("names of the communes, separated by a comma")),
        Column("epci_code", _("SIREN of the EPCI"), pattern=SIREN),
        Column("epci", _("name of the EPCI")),
        Column("longitude", _("longitude, WGS 84"), "number"),
        Column("latitude", _("latitude, WGS 84"), "number"),
        Column(
            "position",
            _("what the point is: the place itself, or the centre of its commune"),
            values=("lieu", "commune"),
        ),
        Column("labellise_le", _("day of the decision"), "date"),
        Column("valable_jusqu_au", _("last day of the label, if it has one"), "date"),
        Column("retire_le", _("day on which the label was withdrawn"), "date"),
        Column("acte", _("reference of the act that awards the label")),
        Column("certificat", _("code of the certificate, to be verified")),
        Column(
            "certitude",
            _("how certain this line is"),
            is_required=True,
            values=tuple(CERTAINTY_WORDS.values()),
        ),
        Column("certitude_note", _("what the sources say and do not say")),
        Column("resume", _("summary, in French")),
        Column("resume_en", _("summary, in English")),
        Column("sources", _("addresses of the sources, separated by a space")),
        Column("adresse", _("address of the page of the project"), is_required=True),
        Column(
            "exemple", _("true for a fictional project"), "boolean", is_required=True
        ),
    ),
)

EDITIONS = PublicTable(
    name="editions",
    title=_("Editions of the label"),
    description=_(
        "The editions of the label that sources name, with the counts they print. "
        "An empty cell means that no source was found."
    ),
    key="edition",
    columns=(
        Column("edition", _("code of the edition"), is_required=True),
        Column("titre", _("title of the edition"), is_required=True),
        Column("annees", _("years of the edition")),
        Column("dates_connues", _("dates that sources give, in French")),
        Column(
            "candidats_annonces", _("candidates, as a source counts them"), "integer"
        ),
        Column("laureats_annonces", _("laureates, as a source counts them"), "integer"),
        Column(
            "cumul_annonce", _("labels since the first edition, as printed"), "integer"
        ),
        Column("instance", _("deciding body, as a source names it")),
        Column("labels_connus_ici", _("labels that this register knows"), "integer"),
        Column("sources", _("addresses of the sources, separated by a space")),
        Column(
            "exemple", _("true for a fictional edition"), "boolean", is_required=True
        ),
    ),
)

MATURING = PublicTable(
    name="a-murir",
    title=_("Projects to be matured"),
    description=_(
        "The projects taken into consideration that the rules of their edition make "
        "public. They have no label yet."
    ),
    key="numero",
    columns=(
        Column("numero", _("number of the dossier"), is_required=True),
        Column("nom", _("name of the project"), is_required=True),
        Column("edition", _("code of the edition"), is_required=True),
        Column("edition_titre", _("title of the edition")),
        Column(
            "theme",
            _("theme, a grouping of this software that no source gives"),
            values=tuple(THEMES),
        ),
        Column("commune_code", _("INSEE code of the commune"), pattern=COMMUNE),
        Column("commune", _("name of the commune")),
        Column("publie_le", _("day on which the decision became public"), "date"),
        Column("acte", _("reference of the act of the deciding body")),
        Column("reserves", _("number of reservations"), "integer"),
        Column("reserves_levees", _("number of reservations lifted"), "integer"),
        Column(
            "exemple", _("true for a fictional project"), "boolean", is_required=True
        ),
    ),
)

TABLES = {"projects": PROJECTS, "editions": EDITIONS, "maturing": MATURING}


def public_tables() -> dict[str, PublicTable]:
    """Return the tables given today: what has to mature only where a rule says so."""
    is_given = is_maturing_public()
    return {key: one for key, one in TABLES.items() if key != "maturing" or is_given}
