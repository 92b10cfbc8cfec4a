"""Bodies and their meetings."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from terril.site.meetings.models import Body, Meeting


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    name = factory.Sequence(lambda n: f"Comité {n}")
    slug = factory.Sequence(lambda n: f"comite-{n}")


class MeetingFactory(DjangoModelFactory):
    """A meeting of 20 March 2026, at two in the afternoon in Paris."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    starts_at = datetime(2026, 3, 20, 13, 0, tzinfo=UTC)
    place = "Lens"

    class Params:
        held = factory.Trait(held_at=datetime(2026, 3, 20, 16, 0, tzinfo=UTC))
