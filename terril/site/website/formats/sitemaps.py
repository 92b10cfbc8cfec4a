"""Write the site map for search engines, each page in its languages."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class MappedPage:
    """One page: its address in each language."""

    addresses: dict[str, str]


def sitemap(pages: list[MappedPage]) -> bytes:
    """Return the site map: one line for each page in each language."""
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages:
        for address in page.addresses.values():
            url = ET.SubElement(root, "url")
            ET.SubElement(url, "loc").text = address
            for language, other in page.addresses.items():
                ET.SubElement(
                    url,
                    "xhtml:link",
                    {"rel": "alternate", "hreflang": language, "href": other},
                )
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
