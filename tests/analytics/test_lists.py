"""Every list of communes at hand, carried to every other: all codes, no more.

What the producers listed is kept as a digest: the sha256 of the sorted codes of
the communes of the départements, one a line, in the archives of
@etalab/decoupage-administratif (2020 repeats 2019).
"""

import hashlib

import pytest

from terril.analytics.geography import atlas, carry

LISTS = {
    2019: (34_970, "06c8441990a854cf504f3db4a18501ab05be00e64b88cbad290023d37de5d515"),
    2021: (34_965, "b7f4ac8b548351d86b6df46263758c1090ebcf896988d9f746c7361d71737f69"),
    2022: (34_955, "d06d0a6c998502a8db52e713cfa1fc367ba9d17a79e3fd09df9f1d3b1d71a382"),
    2023: (34_945, "f693a8c22fbeba6c1cd34809ebe4a360ccfa189db6d3449244eb187e1cc6a165"),
    2024: (34_935, "1e6aa959335d04c149ecc43f45ac9184d9262cbcbed007453d37eb421365f72a"),
    2025: (34_875, "eae43df434cb333b68db8581c240dddd08dc1a1b96ab1ea5998e9abecff4a71c"),
    2026: (34_875, "eae43df434cb333b68db8581c240dddd08dc1a1b96ab1ea5998e9abecff4a71c"),
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
