"""Write a feed as Atom (RFC 4287) or RSS 2.0."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class FeedItem:
    """One piece of news: something that happened, when, and where to read it."""

    key: str
    title: str
    text: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Feed:
    """A list of news with its title and addresses, the newest first."""

    title: str
    description: str
    author: str
    url: str
    own_url: str
    language: str
    items: list[FeedItem]

    def updated(self, otherwise: datetime) -> datetime:
        return max((item.at for item in self.items), default=otherwise)


def _add(
    parent: ET.Element, name: str, text: str = "", **attributes: str
) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = _clean(text) or None
    return element


def _clean(text: str) -> str:
    # XML 1.0 knows no control characters but these three.
    return "".join(c for c in text if c >= " " or c in "\n\t\r")


def _written(root: ET.Element) -> bytes:
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def atom(feed: Feed, *, at: datetime) -> bytes:
    """Return the feed as Atom."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.own_url)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "updated", feed.updated(at).isoformat(timespec="seconds"))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own_url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.url)
    _add(_add(root, "author"), "name", feed.author)
    for item in feed.items:
        entry = _add(root, "entry")
        _add(entry, "id", item.key)
        _add(entry, "title", item.title)
        _add(entry, "updated", item.at.isoformat(timespec="seconds"))
        _add(entry, "link", rel="alternate", type="text/html", href=item.url)
        _add(entry, "summary", item.text)
    return _written(root)


def rss(feed: Feed, *, at: datetime) -> bytes:
    """Return the feed as RSS 2.0."""
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.url)
    _add(channel, "description", feed.description)
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", format_datetime(feed.updated(at)))
    own = {"rel": "self", "type": "application/rss+xml", "href": feed.own_url}
    _add(channel, "atom:link", **own)
    for item in feed.items:
        entry = _add(channel, "item")
        _add(entry, "title", item.title)
        _add(entry, "link", item.url)
        _add(entry, "guid", item.key, isPermaLink="false")
        _add(entry, "pubDate", format_datetime(item.at))
        _add(entry, "description", item.text)
    return _written(root)
