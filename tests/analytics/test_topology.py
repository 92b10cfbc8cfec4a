"""Borders drawn once: no gap, no overlap, whatever is drawn and simplified."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from terril.analytics import recipe
from terril.analytics.geography import (
    area,
    aspect,
    bounds,
    centre,
    crossing,
    cut,
    geometry_of,
    lighter,
    rings_of,
    simplified,
)

SIDE = 1000


def cell(x, y, jitter):
    """Return a square of a grid whose corners and middles may have moved."""
    corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    ring = []
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        ring.append(moved((2 * ax, 2 * ay), jitter))
        ring.append(moved((ax + bx, ay + by), jitter))
    return tuple(ring)


def moved(point, jitter):
    dx, dy = jitter.get(point, (0, 0))
    return (point[0] * SIDE + dx, point[1] * SIDE + dy)


@st.composite
def countries(draw):
    """Draw a country: some cells of a shaken grid, grouped or alone."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    shake = st.tuples(st.integers(-400, 400), st.integers(-400, 400))
    points = [(x, y) for x in range(2 * width + 1) for y in range(2 * height + 1)]
    jitter = {point: draw(shake) for point in points}
    cells = [(x, y) for x in range(width) for y in range(height)]
    kept = draw(st.sets(st.sampled_from(cells), min_size=1))
    return {f"{x}-{y}": [cell(x, y, jitter)] for x, y in sorted(kept)}


def directions(topology):
    return Counter(
        n for walks in topology.walks.values() for walk in walks for n in walk
    )


def has_no_gap(topology):
    """Say whether inner arcs are walked once each way and areas add up exactly."""
    walked = directions(topology)
    whole = topology.merged(list(topology.walks))
    parts = sum(area(topology.rings(key)) for key in topology.walks)
    return max(walked.values()) == 1 and area(whole) == parts


@given(countries())
def test_cut_gives_every_shape_its_own_rings_back(country):
    topology = cut(country)

    for key, (ring,) in country.items():
        (found,) = topology.rings(key)
        start = found.index(ring[0])
        assert found[start:] + found[:start] == ring


@given(countries())
def test_cut_shares_every_inner_border(country):
    topology = cut(country)

    assert has_no_gap(topology)
    assert all(1 <= len(users) <= 2 for users in topology.users)


@settings(deadline=None)
@given(countries(), st.floats(0, 4_000_000))
def test_simplified_borders_leave_no_gap_and_never_cross(country, tolerance):
    topology = simplified(cut(country), lambda _users: tolerance, aspect=0.64)

    assert has_no_gap(topology)
    assert crossing(topology.arcs) == set()


@given(countries())
def test_merged_shapes_have_no_inner_border(country):
    topology = cut(country)

    rings = topology.merged(list(country))

    points = [point for ring in rings for point in ring]
    edges = Counter(
        frozenset(edge)
        for ring in rings
        for edge in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
    assert set(edges.values()) == {1}
    assert set(points) <= {point for (ring,) in country.values() for point in ring}


@given(countries())
def test_geojson_goes_and_comes_back(country):
    rings = cut(country).merged(list(country))

    again = rings_of(geometry_of(rings))

    assert area(again) == area(rings)
    assert bounds(again) == bounds(rings)


def test_arcs_that_no_tolerance_parts_are_kept_as_they_were():
    # Flattened, the three borders of two neighbours are the same straight line.
    country = {
        "west": [((0, 0), (10, 0), (10, 10), (0, 10))],
        "east": [((10, 0), (20, 0), (20, 10), (10, 10))],
    }

    topology = simplified(cut(country), lambda _users: 10**15, aspect=1)

    assert topology.arcs == cut(country).arcs


def square(x, y, side):
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def test_a_hole_is_in_the_ring_around_it():
    outer, hole, other = square(0, 0, 9), square(3, 3, 3)[::-1], square(20, 0, 5)

    geometry = geometry_of([hole, other, outer])

    assert geometry["type"] == "MultiPolygon"
    assert [len(polygon) for polygon in geometry["coordinates"]] == [2, 1]


def test_an_enclave_shares_its_whole_border():
    inner = square(3, 3, 3)
    topology = cut({"around": [square(0, 0, 9), inner[::-1]], "inside": [inner]})

    assert sorted(topology.users) == [("around",), ("around", "inside")]
    assert has_no_gap(topology)
    assert len(topology.merged(["around", "inside"])) == 1


def test_a_degree_of_longitude_narrows_with_latitude():
    assert aspect(0) == 1
    assert aspect(60) == pytest.approx(0.5)


def test_rings_drawn_the_wrong_way_are_turned():
    clockwise = [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]

    (ring,) = rings_of({"type": "Polygon", "coordinates": clockwise})

    assert area([ring]) > 0


def test_a_ring_without_surface_is_no_ring():
    flat = [[[0, 0], [1, 0], [2, 0], [0, 0]]]

    assert rings_of({"type": "Polygon", "coordinates": flat}) == []


def test_lighter_keeps_the_ends_and_drops_the_small_corners():
    arc = ((0, 0), (10, 1), (20, 0), (30, 50), (40, 0))

    assert lighter(arc, 100) == ((0, 0), (20, 0), (30, 50), (40, 0))
    assert lighter(arc, 10_000) == ((0, 0), (40, 0))


def test_lighter_leaves_a_closed_arc_a_surface():
    ring = square(0, 0, 10)

    assert len(lighter((*ring, ring[0]), 1_000_000)) == 4


@pytest.mark.parametrize(
    ("arcs", "found"),
    [
        ([((0, 0), (10, 10)), ((0, 10), (10, 0))], {0, 1}),
        ([((0, 0), (10, 0)), ((0, 0), (5, 0))], {0, 1}),
        ([((0, 0), (10, 0)), ((10, 0), (20, 0))], set()),
        ([((0, 0), (5, 5), (10, 0)), ((0, 0), (10, 0))], set()),
        ([((0, 0), (10, 0)), ((0, 0), (10, 0))], {0, 1}),
        ([((0, 0), (10, 0)), ((5, 0), (5, 9))], {0, 1}),
    ],
)
def test_crossing_finds_the_arcs_that_meet_where_they_should_not(arcs, found):
    assert crossing(arcs) == found


def test_borders_that_crossed_before_stay_as_they_were():
    low, high = ((0, 0), (1000, 1000)), ((500, 500), (1500, 1500))
    shapes = {
        str(name): [[(x, y), (right, y), (right, top), (x, top), (x, y)]]
        for name, ((x, y), (right, top)) in enumerate((low, high))
    }
    topology = cut(shapes)

    found = simplified(topology, lambda _users: 10, aspect=0.64)

    assert crossing(topology.arcs) == {0, 1}
    assert found.arcs == topology.arcs


def test_a_centre_is_inside_even_of_a_crescent():
    crescent = (
        (0, 0),
        (90, 0),
        (90, 90),
        (0, 90),
        (0, 80),
        (80, 80),
        (80, 10),
        (0, 10),
    )

    longitude, latitude = centre([crescent])

    assert (longitude, latitude) == (0.00085, 0.00045)


def test_the_communes_of_a_real_epci_make_it_up():
    sample = recipe("outlines").sample
    shapes = {
        row["code"]: row["rings"]
        for row in recipe("outlines").rows(sample.read_bytes(), sample.name)
    }

    topology = simplified(cut(shapes), lambda _users: 16_000, aspect=0.637)

    assert has_no_gap(topology)
    assert crossing(topology.arcs) == set()
    assert len(topology.merged(list(shapes))) == 1
    text = json.dumps(geometry_of(topology.merged(list(shapes))))
    assert text.startswith('{"type": "Polygon"')
