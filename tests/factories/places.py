"""Places and territories for tests: two communes make no surprise."""

import datetime as dt

import factory

from terril.site.places import rules
from terril.site.places.models import (
    Membership,
    Movement,
    Outline,
    Place,
    Population,
    Territory,
    TerritoryMember,
)

SQUARE = (
    '{"type":"Polygon","coordinates":[[[2.8,50.4],[2.9,50.4],[2.9,50.5],[2.8,50.4]]]}'
)


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    class Params:
        is_gone = factory.Trait(valid_to=dt.date(1990, 12, 10))

    level = Place.Level.COMMUNE
    code = factory.Sequence(lambda n: f"62{n % 1000:03d}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    search_name = factory.LazyAttribute(lambda place: rules.search_name(place.name))
    article = "0"
    valid_from = dt.date(1943, 1, 1)
    is_start_known = False


class EpciFactory(PlaceFactory):
    level = Place.Level.EPCI
    code = factory.Sequence(lambda n: f"2462{n:05d}")
    name = factory.Sequence(lambda n: f"CA numéro {n}")
    kind = "CA"
    valid_from = dt.date(2019, 1, 1)


class DepartmentFactory(PlaceFactory):
    level = Place.Level.DEPARTMENT
    code = "62"
    name = "Pas-de-Calais"
    valid_from = dt.date(2019, 1, 1)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    child = factory.SubFactory(PlaceFactory)
    parent = factory.SubFactory(EpciFactory)
    kind = Membership.Kind.EPCI
    since = 2019
    until = 2025


class MovementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Movement

    on = dt.date(1990, 12, 10)
    kind = "33"  # a merger-association
    before = factory.SubFactory(PlaceFactory)
    after = factory.SubFactory(PlaceFactory)
    before_name = factory.LazyAttribute(lambda m: m.before.name if m.before else "")
    after_name = factory.LazyAttribute(lambda m: m.after.name if m.after else "")


class PopulationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Population

    place = factory.SubFactory(PlaceFactory)
    edition = "2023"
    municipal = 1000
    apart = 20
    total = 1020


class OutlineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outline

    place = factory.SubFactory(PlaceFactory)
    vintage = 2018
    geojson = SQUARE
    west, south, east, north = 2.8, 50.4, 2.9, 50.5


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory
        django_get_or_create = ["key"]

    key = "pma"
    name = "Pôle métropolitain de l’Artois"
    short_name = "Artois"
    since = dt.date(2017, 1, 1)


class TerritoryMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TerritoryMember

    territory = factory.SubFactory(TerritoryFactory)
    place = factory.SubFactory(EpciFactory)
    since = dt.date(2017, 1, 1)
