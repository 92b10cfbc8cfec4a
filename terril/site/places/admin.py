"""A window on places: nothing is changed here, actions do."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from terril.site.places.models import Place, Territory, TerritoryMember

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


class ReadOnlyAdmin(Admin):
    """A list one may read and search."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Leave adding to the actions."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Leave changing to the actions."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Delete nothing that has an address."""
        return False


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ["name", "level", "code", "valid_from", "valid_to"]
    list_filter = ["level"]
    search_fields = ["search_name", "code"]


@admin.register(Territory)
class TerritoryAdmin(ReadOnlyAdmin):
    list_display = ["name", "key", "since"]


@admin.register(TerritoryMember)
class TerritoryMemberAdmin(ReadOnlyAdmin):
    list_display = ["territory", "place", "since", "until", "counts_in_perimeter"]
