"""The texts that ship with the software, and what seals a text."""

import hashlib
import json
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent.parent / "texts"
TEMPLATES = ("euralens-2022", "euralens-2012")


def template(key: str) -> dict[str, Any]:
    """Return the text of a template that ships with the software."""
    text: dict[str, Any] = json.loads((TEXTS / f"{key}.json").read_text("utf-8"))
    return text


def template_questions() -> list[dict[str, Any]]:
    """Return the questions proposed to a new call."""
    path = TEXTS / "questions-2022.json"
    questions: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return questions


def digest_of(text: dict[str, Any]) -> str:
    """Return the SHA-256 of a regime, whatever the order of its keys."""
    canonical = json.dumps(
        text, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
