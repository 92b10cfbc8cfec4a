"""Every list of communes at hand, carried to every other: all codes, no more.

What the producers listed is kept as a digest: the sha256 of the sorted codes of
the communes of the départements, one a line, in the archives of
@etalab/decoupage-administratif (2020 repeats 2019).
"""

import hashlib

import pytest

from terril.analytics.geography import atlas, carry, perimeter

LISTS = {
    2019: (34_970, "06c8441990a854cf504f3db4a18501ab05be00e64b88cbad290023d37de5d515"),
    2021: (34_965, "b7f4ac8b548351d86b6df46263758c1090ebcf896988d9f746c7361d71737f69"),
    2022: (34_955, "d06d0a6c998502a8db52e713cfa1fc367ba9d17a79e3fd09df9f1d3b1d71a382"),
    2023: (34_945, "f693a8c22fbeba6c1cd34809ebe4a360ccfa189db6d3449244eb187e1cc6a165"),
    2024: (34_935, "1e6aa959335d04c149ecc43f45ac9184d9262cbcbed007453d37eb421365f72a"),
    2025: (34_875, "eae43df434cb333b68db8581c240dddd08dc1a1b96ab1ea5998e9abecff4a71c"),
    2026: (34_875, "eae43df434cb333b68db8581c240dddd08dc1a1b96ab1ea5998e9abecff4a71c"),
}

# The same of metropolitan France, as Etalab told its history in 2019 from INSEE's
# movements, by another reading of them (member historique-communes.json of 0.7.0).
OLDER = {
    1950: (38_005, "34e0e3b6f8bd2d39a419dcdb4f65f8ad95e8539a733703679c65758fd603d276"),
    1968: (37_709, "2ed25a3742dd0dfddfc6a42ede21ca321c272127bcd160bc3eb37edbd30baabb"),
    1975: (36_393, "0b00896e4d43abeed6dc21481dea9a2ee38053858c6ec157bd873a803228723e"),
    1982: (36_433, "dcaf09adaf912aadfd54990e15e69b689ddc833abc40ace6722290690e7e07f0"),
    1990: (36_551, "b6e7ffc94a1360089e469ce6bc9cc3945c763886069a219d5b2ba6eb264ffefe"),
    1999: (36_565, "0e91b6b9a20986a143d5a71729bf12f6b508b8dd9339306ad3740d83bb46084d"),
    2008: (36_569, "d0c6a04f744bfa08c5690f30d5ad7291416606f636f858e1a72bee6956035a0a"),
    2016: (35_756, "335444d2991e8d9b6d2b21f7216a8c9974f592e9515136632e179a8cabc3a140"),
    2019: (34_841, "04571f0af7405e19bd3fea66796dc02d5fe6787d97c7e96e7cb1d8ef92d1c698"),
}


def digest(codes):
    return hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()


@pytest.mark.parametrize("start", LISTS)
def test_a_whole_list_becomes_exactly_each_other_list(start):
    counts = dict.fromkeys(atlas().communes_on(f"{start}-01-01"), 97)
    assert (len(counts), digest(counts)) == LISTS[start]

    for end, listed in LISTS.items():
        found = carry(counts, start, end)

        assert (len(found.counts), digest(found.counts)) == listed
        assert found.total == 97 * len(counts)
        assert found.is_whole


@pytest.mark.parametrize("year", OLDER)
def test_the_communes_of_older_years_are_those_of_another_reading(year):
    codes = perimeter(atlas(), "fr:metro", on=f"{year}-01-01").communes

    assert (len(codes), digest(codes)) == OLDER[year]


@pytest.mark.parametrize("start", [1943, 1990, 2026])
def test_a_whole_list_is_conserved_over_any_vintages(start):
    counts = dict.fromkeys(atlas().communes_on(f"{start}-01-01"), 97)

    for end in (1943, 2000, 2026):
        found = carry(counts, start, end)

        assert found.total == 97 * len(counts)
        assert found.counts.keys() <= atlas().communes_on(f"{end}-01-01").keys()
        assert found.unknown == ()


def test_few_communes_of_1943_cannot_be_placed_today_and_why_is_said():
    counts = dict.fromkeys(atlas().communes_on("1943-01-01"), 1)

    found = carry(counts, 1943, 2026)

    assert (len(found.counts), len(found.unplaced), len(found.estimated)) == (
        34_714,
        33,
        109,
    )
    assert {stray.reason for stray in found.unplaced} == {"no_share"}
