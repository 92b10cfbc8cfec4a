"""A country of five communes in the producers' own formats (all of it invented)."""

import dataclasses
import io
import json
import tarfile

from openpyxl import Workbook

from terril.analytics import digest, recipes
from terril.analytics.originals import Originals

# Squares of 0.01 degree in a row: 62001 … 62004 in Home, 62005 and 80001 elsewhere.
HOME, OTHER = "246200364", "246200299"
AWAY = "248000001"
COLUMNS = {"62001": 0, "62002": 1, "62003": 2, "62004": 3, "80001": 4}
EPCI = {
    "62001": HOME,
    "62002": HOME,
    "62003": OTHER,
    "62004": AWAY,
    "80001": AWAY,
}
NAMES = {code: f"Commune {code}" for code in COLUMNS}


def mini_france(folder, *, told_by_dgcl=EPCI, zoned=tuple(EPCI)):
    """Write the country into a folder and return its originals, in another catalogue."""
    contents = _contents() | {
        "epcicom.xlsx": _dgcl(told_by_dgcl),
        "ZE2020_au_01-01-2023.xlsx": _zones(zoned),
    }
    for name, raw in contents.items():
        (folder / name).write_bytes(raw)
    catalogue = {
        name: dataclasses.replace(
            recipe,
            editions=tuple(
                dataclasses.replace(edition, sha256=digest(contents[edition.file]))
                for edition in recipe.editions
            ),
        )
        for name, recipe in recipes().items()
        if recipe.has_rows
    }
    return Originals(folder, lambda _text: None, catalogue)


def _contents():
    return {
        "communes.csv": _communes(),
        "departements.csv": _csv(
            "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE",
            "62,32,62001,2,PAS DE CALAIS,Pas-de-Calais,Pas-de-Calais",
            "80,32,80001,3,SOMME,Somme,Somme",
            "976,32,97601,0,MAYOTTE,Mayotte,Mayotte",
        ),
        "regions.csv": _csv(
            "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE",
            "32,59350,4,HAUTS DE FRANCE,Hauts-de-France,Hauts-de-France",
        ),
        "mouvements-communes.csv": _csv(
            "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
            "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP",
            "10,2000-01-01,COM,62001,0,X,Ancien,Ancien,"
            "COM,62001,0,X,Commune 62001,Commune 62001",
            "31,1990-01-01,COM,62009,0,X,Perdue,Perdue,"
            "COM,62002,0,X,Commune 62002,Commune 62002",
            "31,1990-01-01,COM,62002,0,X,Commune 62002,Commune 62002,"
            "COM,62002,0,X,Commune 62002,Commune 62002",
            "20,2011-03-31,,,,,,,COM,97601,0,ACOUA,Acoua,Acoua",
        ),
        "donnees_communes.csv": _csv(
            "DEP;COM;Commune;PMUN;PCAP;PTOT",
            *(f"{code[:2]};{code};{name};100;1;101" for code, name in NAMES.items()),
        ),
        "communes-hauts-de-france.geojson": _drawing(NAMES, COLUMNS),
        "departements-hauts-de-france.geojson": _departments(),
        "centroide-4326_epci-ept.geojson": _points(),
        "Intercommunalite_Metropole_au_01-01-2023.xlsx": _sheets(
            ("EPCI", ["EPCI", "LIBEPCI", "NB_COM"], _counted(EPCI.values())),
            (
                "Composition_communale",
                ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI"],
                [[code, NAMES[code], epci, "EPCI"] for code, epci in EPCI.items()],
            ),
        ),
    } | {edition.file: _archive(edition) for edition in _archives()}


def _archives():
    return recipes()["intercommunalities"].editions


def _csv(*lines):
    return "\r\n".join([*lines, ""]).encode()


def _communes():
    rows = [
        f"COM,{code},32,{code[:2]},{code[:2]}D,001,0,X,{name},{name},0101,"
        for code, name in (NAMES | {"97601": "Acoua"}).items()
    ]
    rows[-1] = "COM,97601,32,976,976D,001,0,ACOUA,Acoua,Acoua,,"
    header = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"
    return _csv(header, *rows)


def _square(first, last):
    west, east = 2.8 + first / 100, 2.81 + last / 100
    ring = [[west, 50.4], [east, 50.4], [east, 50.41], [west, 50.41], [west, 50.4]]
    middle = [
        [round(2.8 + n / 100, 5), y]
        for y, columns in ((50.4, range(first + 1, last + 1)),)
        for n in columns
    ]
    top = [[x, 50.41] for x, _ in reversed(middle)]
    return [[ring[0], *middle, ring[1], ring[2], *top, ring[3], ring[0]]]


def _feature(code, name, first, last):
    return {
        "type": "Feature",
        "properties": {"code": code, "nom": name},
        "geometry": {"type": "Polygon", "coordinates": _square(first, last)},
    }


def _collection(features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _drawing(names, columns):
    return _collection(
        [
            _feature(code, name, columns[code], columns[code])
            for code, name in names.items()
        ]
    )


def _departments():
    return _collection(
        [_feature("62", "Pas-de-Calais", 0, 3), _feature("80", "Somme", 4, 4)]
    )


def _points():
    return _collection(
        [
            {
                "type": "Feature",
                "properties": {"type": "epci", "siren_epci": code, "lib_epci": "EPCI"},
                "geometry": {"type": "Point", "coordinates": [2.80001, 50.40001]},
            }
            for code in (HOME, OTHER)
        ]
    )


def _dgcl(told):
    counts = {epci: list(told.values()).count(epci) for epci in told.values()}
    header = [
        "siren",
        "raison_sociale",
        "nature_juridique",
        "nb_membres",
        "total_pop_mun",
        "insee",
        "siren_membre",
        "nom_membre",
        "pmun_2025",
    ]
    book = Workbook()
    book.active.title = "Epcicom2025"
    book.active.append(header)
    for code, epci in told.items():
        row = [int(epci), "EPCI", "CA", counts[epci], 200, code]
        book.active.append([*row, 216200001, NAMES[code], 100])
    return _saved(book)


def _zones(codes):
    return _sheets(
        ("ZE2020", ["ZE2020", "LIBZE2020", "NB_COM"], _counted(["0051"] * len(codes))),
        (
            "Composition_communale",
            ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020"],
            [[code, f"Commune {code}", "0051", "Lens"] for code in codes],
        ),
    )


def _counted(values):
    found = list(values)
    return [[key, "Lens", found.count(key)] for key in dict.fromkeys(found)]


def _sheets(*sheets):
    book = Workbook()
    book.remove(book.active)
    for title, header, rows in sheets:
        sheet = book.create_sheet(title)
        for _ in range(5):
            sheet.append(["Insee"])
        for row in [header, *rows]:
            sheet.append(row)
    return _saved(book)


def _saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _archive(edition):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, records in (("epci", _epcis(edition)), ("communes", _list())):
            content = json.dumps(records).encode()
            member = tarfile.TarInfo(f"package/data/{name}.json")
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return out.getvalue()


def _epcis(edition):
    # In 2020 one commune was elsewhere; 2026 repeats 2025.
    moved = {"62002": OTHER} if edition.vintage == "2020" else {}
    told = edition.repeats or edition.vintage
    belonging = EPCI | moved
    return [
        {
            "code": epci,
            "nom": f"EPCI {told}",
            "type": "CA",
            "membres": [
                {"code": code, "nom": NAMES[code]}
                for code, parent in belonging.items()
                if parent == epci
            ],
        }
        for epci in dict.fromkeys(belonging.values())
    ]


def _list():
    return [
        {
            "code": code,
            "nom": name,
            "type": "commune-actuelle",
            "population": 100,
        }
        for code, name in (NAMES | {"97601": "Acoua"}).items()
    ]
