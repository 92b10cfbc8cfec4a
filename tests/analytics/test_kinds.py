"""What each kind of indicator lets one do."""

import pytest

from terril.analytics.kinds import Kind, Operation, Unlawful, check, ruling

REFUSED = {
    ("count", "weighted_mean_places"),
    ("count", "sum_periods"),
    ("money", "weighted_mean_places"),
    ("money", "sum_periods"),
    ("distinct", "sum_places"),
    ("distinct", "weighted_mean_places"),
    ("distinct", "sum_periods"),
    ("distinct", "carry"),
    ("ratio", "sum_places"),
    ("ratio", "mean_places"),
    ("ratio", "sum_periods"),
    ("ratio", "carry"),
    ("ratio", "relative_change"),
    ("median", "sum_places"),
    ("median", "mean_places"),
    ("median", "weighted_mean_places"),
    ("median", "sum_periods"),
    ("median", "mean_periods"),
    ("median", "carry"),
    ("index", "sum_places"),
    ("index", "mean_places"),
    ("index", "weighted_mean_places"),
    ("index", "sum_periods"),
    ("index", "carry"),
}


def test_what_is_refused_is_exactly_this():
    found = {
        (kind.value, operation.value)
        for kind in Kind
        for operation in Operation
        if not ruling(kind, operation).is_lawful
    }

    assert found == REFUSED


@pytest.mark.parametrize(
    ("kind", "operation", "words"),
    [
        (Kind.RATIO, Operation.SUM_PLACES, "sum of numerators"),
        (Kind.DISTINCT, Operation.SUM_PLACES, "more than once"),
        (Kind.MEDIAN, Operation.MEAN_PLACES, "not a function of the medians"),
    ],
)
def test_a_refusal_says_why_and_what_to_do_instead(kind, operation, words):
    with pytest.raises(Unlawful) as caught:
        check(kind, operation)

    assert words in str(caught.value)
    assert (caught.value.kind, caught.value.operation) == (kind, operation)
    assert caught.value.ruling.raison
    assert caught.value.ruling.plutot


def test_a_weighted_mean_of_ratios_is_a_proxy_and_nothing_more():
    found = check(Kind.RATIO, Operation.WEIGHTED_MEAN_PLACES)

    assert found.is_proxy
    assert "estimation" in found.raison


def test_flows_add_up_over_periods_and_stocks_do_not():
    assert check(Kind.COUNT, Operation.SUM_PERIODS, is_flow=True).is_lawful
    assert not ruling(Kind.RATIO, Operation.SUM_PERIODS, is_flow=True).is_lawful
    with pytest.raises(Unlawful):
        check(Kind.MONEY, Operation.SUM_PERIODS)


def test_the_mean_of_quarters_of_a_rate_is_lawful():
    assert check(Kind.RATIO, Operation.MEAN_PERIODS).is_proxy is False
