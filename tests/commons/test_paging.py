"""Pages of a long list: any number asked for gives a page."""

import pytest

from terril.site.commons.paging import page_of


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("2", 2),
        ("3", 3),
        ("4", 3),
        ("0", 1),
        ("-1", 1),
        ("deux", 1),
        ("٢", 1),
        ("9" * 30, 1),
    ],
)
def test_a_number_out_of_bounds_gives_the_nearest_page(asked, number):
    page = page_of(list(range(45)), asked)

    assert page.number == number


def test_an_empty_list_has_one_empty_page():
    page = page_of([], "7")

    assert (page.number, list(page), page.paginator.num_pages) == (1, [], 1)


def test_a_page_holds_its_part():
    page = page_of(list(range(45)), "3", per_page=20)

    assert list(page) == [40, 41, 42, 43, 44]
    assert (page.start_index(), page.end_index()) == (41, 45)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("1", [1, 2, None, 10]),
        ("2", [1, 2, 3, None, 10]),
        ("5", [1, None, 4, 5, 6, None, 10]),
        ("10", [1, None, 9, 10]),
    ],
)
def test_a_page_names_few_others(asked, shown):
    assert page_of(list(range(100)), asked, per_page=10).shown == shown


def test_a_lone_page_names_itself():
    assert page_of([1], "").shown == [1]
