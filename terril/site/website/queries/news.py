"""What happens to the register and to calls, as news for feeds."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from terril.site.places import queries as places
from terril.site.programme.queries.maturing import Maturing, projects_maturing
from terril.site.programme.queries.public import published_calls
from terril.site.projects.models import Project
from terril.site.projects.queries import all_projects
from terril.site.website.formats.feeds import Feed, FeedItem

LENGTH = 50


def feed(kind: str, *, at: datetime) -> Feed:
    """Return the last news of the label, for a feed of that kind."""
    territory = places.territory()
    name = territory.short_name if territory else "Terril"
    return Feed(
        title=_("%(territory)s: labels and calls") % {"territory": name},
        description=_("Labels entered in the register, calls opening and closing."),
        author=territory.name if territory else "Terril",
        url=f"{settings.SITE_URL}{reverse('home')}",
        own_url=f"{settings.SITE_URL}{reverse(f'feed_{kind}')}",
        language=get_language() or "fr",
        items=news(at=at),
    )


def news(*, at: datetime) -> list[FeedItem]:
    """Return what happened, the newest first."""
    items = [
        item
        for project in all_projects().order_by("-registered_at", "-pk")[:LENGTH]
        for item in _of_project(project)
    ]
    items += [_of_maturing(one) for one in projects_maturing()]
    items += _of_calls(at)
    return sorted(items, key=lambda item: item.at, reverse=True)[:LENGTH]


def _item(key: str, title: str, text: str, path: str, at: datetime) -> FeedItem:
    host = settings.SITE_URL.partition("://")[2]
    # RFC 4151: an identifier that outlives changes of address.
    tag = f"tag:{host.partition(':')[0]},2026:{key}"
    return FeedItem(tag, title, text, f"{settings.SITE_URL}{path}", at)


def _of_project(project: Project) -> list[FeedItem]:
    path, text = project.get_absolute_url(), project.localised("summary")
    name = f"{project.name}{_mark(is_example=project.is_example)}"
    entered = _("In the register: %(name)s") % {"name": name}
    key = f"project-{project.slug}"
    items = [_item(key, entered, text, path, project.registered_at)]
    if project.withdrawn_on:
        withdrawn = _("Label withdrawn: %(name)s") % {"name": name}
        on = datetime.combine(project.withdrawn_on, time(12), UTC)
        items.append(_item(f"{key}-withdrawn", withdrawn, text, path, on))
    return items


def _of_maturing(project: Maturing) -> FeedItem:
    name = f"{project.name}{_mark(is_example=project.is_example)}"
    title = _("To be matured: %(name)s") % {"name": name}
    key = f"maturing-{project.number}"
    text = str(project.call)
    return _item(key, title, text, project.url, project.published_at)


def _of_calls(at: datetime) -> list[FeedItem]:
    items = []
    for call in published_calls():
        name = f"{call}{_mark(is_example=call.is_example)}"
        path, text = call.get_absolute_url(), call.localised("summary")
        for kind, when, title in (
            ("opening", call.opens_at, _("The call opens: %(name)s")),
            ("closing", call.closes_at, _("The call closes: %(name)s")),
        ):
            if when and when <= at:
                key = f"call-{call.code}-{kind}"
                items.append(_item(key, title % {"name": name}, text, path, when))
    return items


def _mark(*, is_example: bool) -> str:
    return f" [{_('example')}]" if is_example else ""
