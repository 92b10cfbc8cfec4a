"""Projects of the register: known by sources, or decided here."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from terril.site.commons.text import code
from terril.site.projects.models import Project, ProjectEvent, ProjectSource
from terril.site.projects.rules import history
from tests.factories.programme import DecisionFactory

REGISTERED = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)


class ProjectFactory(DjangoModelFactory):
    """A label known by sources; `decided` makes one that was decided here."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        decided = factory.Trait(
            decision=factory.SubFactory(DecisionFactory, published=True),
            certificate=factory.LazyFunction(lambda: code(12)),
            certainty=Project.Certainty.DECIDED,
            labelled_on=date(2026, 5, 28),
            year=2026,
            journal_head="ab12" * 16,
        )
        withdrawn = factory.Trait(
            decided=True,
            state=Project.State.WITHDRAWN,
            withdrawn_on=date(2027, 1, 15),
        )
        ended = factory.Trait(
            decided=True, state=Project.State.ENDED, valid_until=date(2026, 12, 31)
        )
        espoirs = factory.Trait(distinction=Project.Distinction.ESPOIRS)

    number = factory.Sequence(lambda n: f"C-{n + 1:03}")
    slug = factory.Sequence(lambda n: f"projet-{n}")
    name = factory.Sequence(lambda n: f"Projet {n}")
    summary = "Un projet pour essayer."
    certainty = Project.Certainty.CONFIRMED
    registered_at = REGISTERED

    @factory.lazy_attribute
    def search_text(self):
        return history.search_text(
            Project(
                name=self.name,
                number=self.number,
                summary=self.summary,
                theme=self.theme,
            ),
            [],
        )

    theme = "energy"

    @factory.post_generation
    def places(self, create, given):
        if given:
            self.places.set(given)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = ProjectSource

    project = factory.SubFactory(ProjectFactory)
    url = factory.Sequence(lambda n: f"https://example.org/article-{n}")
    supports = "le label"
    supports_en = "the label"


class EventFactory(DjangoModelFactory):
    class Meta:
        model = ProjectEvent

    project = factory.SubFactory(ProjectFactory)
    on = date(2026, 5, 28)
    sentence = "Le label est décerné."
    sentence_en = "The label is awarded."
