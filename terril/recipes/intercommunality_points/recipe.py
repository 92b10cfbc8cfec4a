"""A point in each EPCI; the EPT of Greater Paris are left out."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import features, records_grid


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per EPCI."""
    columns = recipe("intercommunality_points").columns
    records = [
        {
            "type": found["properties"]["type"],
            "code": found["properties"]["siren_epci"],
            "nom": found["properties"]["lib_epci"],
            "point": found["geometry"]["coordinates"],
        }
        for found in features(raw, file)
    ]
    grid = records_grid(records, file, "features", ["type", "code", "nom", "point"])
    epcis = grid.keep(lambda line: line["type"] == "epci")
    check_types(epcis, columns)
    epcis.refuse_doubles("code", "One point per EPCI is expected.")
    return [
        {
            "code": line["code"],
            "name": line["nom"],
            "longitude": round(line.values["point"][0], 5),  # type: ignore[index]
            "latitude": round(line.values["point"][1], 5),  # type: ignore[index]
        }
        for line in epcis
    ]
