"""Pages of a long list, whose number in the address is never a fault."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row")
PER_PAGE = 20


def page_of(
    found: Sequence[Row] | QuerySet[Any], asked: str, *, per_page: int = PER_PAGE
) -> Page[Row]:
    """Cut one page out of a list; a number out of bounds gives the nearest page."""
    paginator: Paginator[Row] = Paginator(found, per_page)
    return paginator.get_page(_within(asked, paginator.num_pages))


def counted_page(
    found: QuerySet[Model], asked: str, count: int, *, per_page: int = PER_PAGE
) -> Page[Any]:
    """Cut one page out of a queryset that has been counted already."""
    paginator: Paginator[Any] = Paginator(found, per_page)
    paginator.count = count
    return paginator.get_page(_within(asked, paginator.num_pages))


def _within(asked: str, last: int) -> int:
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 9
    return min(max(int(asked) if is_number else 1, 1), last)
