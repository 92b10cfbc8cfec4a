"""The traps of a two-column file: each is told, none is repaired in silence."""

from decimal import Decimal

import pytest

from terril.analytics.geography.counts import NotCounts, read_counts, read_shares


def read(text):
    return read_counts(text.encode())


def test_a_plain_file_is_read_with_the_line_of_each_code():
    found = read("code,count\r\n62498,10\r\n\r\n01004,20\r\n")

    assert found.counts == {"62498": 10, "01004": 20}
    assert found.lines == {"62498": 2, "01004": 4}
    assert (found.problems, found.notes) == ([], [])


def test_columns_are_found_by_their_names():
    assert read("Count;Code\n10;62498\n").counts == {"62498": 10}


def test_a_byte_order_mark_is_left_out_and_said():
    found = read_counts(b"\xef\xbb\xbfcode,count\n62498,10\n")

    assert found.counts == {"62498": 10}
    assert found.notes == ["the file begins with a byte order mark; it was left out"]


def test_a_decimal_comma_is_read_between_semicolons_and_said():
    found = read("code;count\n62498;10,25\n62001;3\n")

    assert found.counts == {"62498": Decimal("10.25"), "62001": Decimal("3.00")}
    assert str(found.counts["62001"]) == "3.00"
    assert found.notes == ["a comma inside a count is read as its decimal mark"]


def test_decimals_with_a_dot_need_no_note():
    found = read("code,count\n62498,10.5\n")

    assert (found.counts, found.notes) == ({"62498": Decimal("10.5")}, [])


@pytest.mark.parametrize(
    ("line", "problem", "advice"),
    [
        ("62498,2", "the commune 62498 is already on line 2", "Keep one line"),
        ("62001,", "a value is missing, or this is a note", "missing count is not zero"),
        (",12", "a value is missing, or this is a note", "Remove the note"),
        ("Source : Insee", "a value is missing, or this is a note", "Remove the note"),
        ("Total,12", "this is a note, not a commune", "Remove it"),
        ("62001,1,5", "3 values where two are expected", "decimals with a dot"),
        ("62001,-3", "a count is not below zero", "apart"),
        ("62001,−3", "a count is not below zero", "apart"),
        ("62001,1 234", "the number is written with spaces or a comma", "Write 1234."),
        ('62001,"1234,5"', "the number is written with spaces or a comma", "Write 1234.5."),
        ("62001,s", "this is not a number", "no zero"),
        ("62001,1e5", "this is not a number", "no zero"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_counted_says_why_and_what_to_do(line, problem, advice):
    found = read(f"code,count\n62498,1\n{line}\n")

    (told,) = found.problems
    assert (told.line, told.problem) == (3, problem)
    assert advice in told.advice
    assert found.counts == {"62498": 1}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not: nothing"),
        (b"62498,10\n", "not: 62498, 10"),
        (b"code,count,name\n", "not: code, count, name"),
        ("code,count\n62498,é\n".encode("latin-1"), "not in UTF-8"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(raw, words):
    with pytest.raises(NotCounts) as caught:
        read_counts(raw)

    assert words in str(caught.value)


def test_shares_are_a_file_of_three_columns():
    assert list(read_shares(b"whole,part,share\n62119,62847,0.1\n")) == [
        (("62119", "62847"), "0.1")
    ]
    for raw in (b"", b"a,b,c\n"):
        with pytest.raises(NotCounts):
            list(read_shares(raw))
