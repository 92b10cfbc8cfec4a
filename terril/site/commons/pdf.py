"""Documents in PDF: a Typst template and data, tagged for screen readers (PDF/UA)."""

import json
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"


def render(source_template: str, data: dict[str, Any]) -> bytes:
    """Return a PDF; the data travels as JSON, and is never read as Typst markup."""
    return typst.compile(
        str(TEMPLATES / f"{source_template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
