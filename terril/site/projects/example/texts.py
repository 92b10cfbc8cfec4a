"""The texts of the example, kept apart from its steps."""

import json
from pathlib import Path
from typing import Any


def read(name: str) -> Any:
    """Return one of the texts of the example."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8"))
