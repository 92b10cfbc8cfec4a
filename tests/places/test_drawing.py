"""Small maps drawn on the server: in proportion, the subject on top, pins inside."""

import json

import pytest

from terril.site.places.drawing import Frame, Pin, drawing, frame_round, path
from terril.site.places.models import Outline, Place


def outline(pk, *box, vintage=2018):
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return Outline(
        place=Place(pk=pk, name=f"Commune {pk}"),
        vintage=vintage,
        geojson=json.dumps({"type": "Polygon", "coordinates": [ring]}),
        west=west,
        south=south,
        east=east,
        north=north,
    )


def test_a_frame_holds_what_is_drawn_in_proportion():
    frame = frame_round(
        [outline(1, 2.0, 50.0, 3.0, 50.5), outline(2, 2.5, 50.2, 4.0, 51.0)]
    )

    assert frame == Frame(west=2.0, south=50.0, east=4.0, north=51.0)
    assert frame.on_paper(2.0, 51.0) == (0, 0)
    assert frame.on_paper(4.0, 51.0) == (640, 0)
    assert frame.height == 504
    assert (frame.holds(3, 50.5), frame.holds(5, 50.5)) == (True, False)


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (
            {
                "type": "Polygon",
                "coordinates": [[[0, 1], [0, 1], [2, 1], [0, 0], [0, 1]]],
            },
            "M0 0L640 0L0 320Z",
        ),
        (
            {
                "type": "MultiPolygon",
                "coordinates": [[[[0, 1], [2, 0], [0, 1]]], [[[0, 0], [0, 0]]]],
            },
            "M0 0L640 320ZM0 320Z",
        ),
    ],
)
def test_a_path_leaves_repeated_points_out(geometry, expected):
    assert path(json.dumps(geometry), Frame(0, 0, 2, 1)) == expected


def test_the_subject_is_drawn_last_and_pins_outside_are_left_out():
    outlines = [
        outline(1, 0, -1, 1, 0, vintage=2025),
        outline(2, 1, -1, 2, 0),
        outline(3, 0, 0, 2, 1),
    ]
    pins = [Pin("1", "Ici", (1, 0)), Pin("2", "Ailleurs", (9, 9))]

    drawn = drawing(outlines, here=1, pins=pins)

    assert [shape.name for shape in drawn.shapes] == [
        "Commune 2",
        "Commune 3",
        "Commune 1",
    ]
    assert [shape.is_here for shape in drawn.shapes] == [False, False, True]
    assert [(s.label, s.name, s.x, s.y) for s in drawn.spots] == [
        ("1", "Ici", 320, 320)
    ]
    assert (drawn.width, drawn.height, drawn.vintages) == (640, 640, (2018, 2025))


def test_nothing_is_drawn_without_an_outline():
    assert drawing([], pins=[Pin("1", "Ici", (1, 0))]) is None
