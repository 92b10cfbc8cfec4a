"""Feeds, calendars and site maps, read back by those who read such things."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from terril.site.website.formats import feeds, icalendar, sitemaps
from terril.site.website.formats.feeds import Feed, FeedItem

AT = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
ITEM = FeedItem("tag:a,2026:1", "Forêt & <bois>", "Un\x00 texte", "http://a/1/", AT)
FEED = Feed("Titre", "Dit", "Artois", "http://a/", "http://a/f", "fr", [ITEM])


def test_atom_says_what_it_was_given():
    root = ET.fromstring(feeds.atom(FEED, at=AT + timedelta(days=1)))

    entry = root.find(f"{ATOM}entry")
    assert root.findtext(f"{ATOM}updated") == "2026-03-16T09:00:00+00:00"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Artois"
    assert entry.findtext(f"{ATOM}id") == "tag:a,2026:1"
    assert entry.findtext(f"{ATOM}title") == "Forêt & <bois>"
    assert entry.findtext(f"{ATOM}summary") == "Un texte"
    assert entry.find(f"{ATOM}link").get("href") == "http://a/1/"


def test_rss_says_the_same():
    root = ET.fromstring(feeds.rss(FEED, at=AT))

    item = root.find("channel/item")
    assert root.get("version") == "2.0"
    assert item.findtext("title") == "Forêt & <bois>"
    assert item.findtext("pubDate") == "Mon, 16 Mar 2026 09:00:00 +0000"
    assert item.find("guid").get("isPermaLink") == "false"


def test_a_feed_without_news_is_as_old_as_its_reading():
    empty = Feed("Titre", "Dit", "Artois", "http://a/", "http://a/f", "fr", [])

    root = ET.fromstring(feeds.atom(empty, at=AT))

    assert root.findtext(f"{ATOM}updated") == "2026-03-16T09:00:00+00:00"


def unfolded(text):
    """Return the lines of a calendar as its readers put them together again."""
    return text.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_is_folded_by_bytes_and_escaped():
    event = icalendar.CalendarEvent(
        "2026-closing@a",
        AT,
        "Clôture ; appel, « Artois »",
        "é" * 100 + "\nfin\\",
        "http://a/",
        AT,
    )

    text = icalendar.calendar("Dates", "fr", [event])

    assert max(len(line) for line in text.split(b"\r\n")) == 75
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert unfolded(text) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Terril//Calendar//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Dates",
        "BEGIN:VEVENT",
        "UID:2026-closing@a",
        "DTSTAMP:20260316T090000Z",
        "DTSTART:20260316T090000Z",
        "SUMMARY:Clôture \\; appel\\, « Artois »",
        "DESCRIPTION:" + "é" * 100 + "\\nfin\\\\",
        "URL:http://a/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_site_map_gives_each_page_in_each_language():
    page = sitemaps.MappedPage({"fr": "http://a/", "en": "http://a/en/"})

    root = ET.fromstring(sitemaps.sitemap([page]))

    places = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    links = {"x": "http://www.w3.org/1999/xhtml"}
    assert [loc.text for loc in root.findall("s:url/s:loc", places)] == [
        "http://a/",
        "http://a/en/",
    ]
    assert [link.get("hreflang") for link in root.findall(".//x:link", links)] == [
        "fr",
        "en",
        "fr",
        "en",
    ]
