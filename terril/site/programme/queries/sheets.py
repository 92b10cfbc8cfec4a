"""The list of an edition to take away: what is on the screen, no more."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.opendata import Column, Licence, Provenance, PublicTable
from terril.site.commons.sheets import excel_csv, workbook
from terril.site.programme.queries.entries import Row
from terril.site.programme.queries.examination import Edition

INTERNAL = Licence(
    key="internal",
    name=_("internal document of the examination team, not to be published"),  # type: ignore[arg-type]
    url="",
    authority="",
)
COLUMNS = (
    Column("numero", _("Number given at deposit")),
    Column("code", _("Code of the dossier")),
    Column("titre", _("Title of the project")),
    Column("etat", _("Where the dossier stands")),
    Column("theme", _("Theme")),
    Column("commune", _("Commune")),
    Column("structure", _("Holding organisation")),
    Column("porteur", _("Project holder")),
    Column("depose_le", _("Day of deposit"), kind="date"),
    Column("manque", _("What the dossier waits for")),
    Column("avis_rendus", _("Opinions given"), kind="integer"),
    Column("avis_attendus", _("Opinions expected"), kind="integer"),
    Column("exemple", _("Whether the dossier is a fictional example"), kind="boolean"),
)
TABLE = PublicTable(
    name="instruction",
    title=_("Dossiers of an edition"),
    description=_("The list of the examination team, as it was filtered."),
    columns=COLUMNS,
    key="code",
    licence=INTERNAL,
)
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class SheetFile:
    """A file ready to be handed over."""

    name: str
    content: bytes
    content_type: str


def edition_file(edition: Edition, kind: str, address: str) -> SheetFile:
    """Return the rows on the screen, as a spreadsheet opens them."""
    rows = [_line(row) for row in edition.rows]
    if kind == "csv":
        content = excel_csv(TABLE, rows).encode()
    else:
        content = workbook(TABLE, rows, Provenance("Terril", None, address))
    suffix = "-excel.csv" if kind == "csv" else ".xlsx"
    name = f"instruction-{edition.call.code}{suffix}"
    return SheetFile(name, content, FORMATS[kind])


def _line(row: Row) -> dict[str, object]:
    submitted = timezone.localdate(row.submitted_at) if row.submitted_at else None
    return {
        "numero": row.receipt,
        "code": row.code,
        "titre": row.title,
        "etat": row.state_label,
        "theme": row.theme,
        "commune": row.commune,
        "structure": row.holder,
        "porteur": row.contact,
        "depose_le": submitted,
        "manque": row.missing,
        "avis_rendus": row.given,
        "avis_attendus": row.expected,
        "exemple": row.is_example,
    }
