"""Pages of a long list, whose number in the address is never a fault."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:
    AnyPage = Page[Any]
    AnyPaginator = Paginator[Any]
else:
    AnyPage, AnyPaginator = Page, Paginator

PER_PAGE = 20


class ShortPage(AnyPage):
    """A page that names few others: the first, the last, its neighbours."""

    @property
    def shown(self) -> list[int | None]:
        """Return the numbers to show; None stands for those left out."""
        last = self.paginator.num_pages
        near = {1, self.number - 1, self.number, self.number + 1, last}
        shown: list[int | None] = []
        before = 0
        for number in sorted(one for one in near if 1 <= one <= last):
            if number > before + 1:
                shown.append(None)
            shown.append(number)
            before = number
        return shown


class ShortPaginator(AnyPaginator):
    """A paginator whose pages name few others."""

    def page_asked(self, asked: str) -> ShortPage:
        """Return the page of a number in an address, or the nearest there is."""
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 9
        number = min(max(int(asked) if is_number else 1, 1), self.num_pages)
        start = (number - 1) * self.per_page
        return ShortPage(self.object_list[start : start + self.per_page], number, self)


def page_of(
    found: Sequence[Any] | QuerySet[Any], asked: str, *, per_page: int = PER_PAGE
) -> ShortPage:
    """Cut one page out of a list; a number out of bounds gives the nearest page."""
    return ShortPaginator(found, per_page).page_asked(asked)


def counted_page(
    found: QuerySet[Any], asked: str, count: int, *, per_page: int = PER_PAGE
) -> ShortPage:
    """Cut one page out of a queryset that has been counted already."""
    paginator = ShortPaginator(found, per_page)
    paginator.count = count
    return paginator.page_asked(asked)
