"""recognizers-text reads French sentences: run by `quantities.py` in a venv of its own."""

import json
import sys
import time

from recognizers_number import Culture, recognize_number, recognize_percentage


def found(text):
    """Return the numbers of a sentence; a percentage replaces the number in it."""
    shares = [_one(result) for result in recognize_percentage(text, Culture.French)]
    numbers = [_one(result) for result in recognize_number(text, Culture.French)]
    return shares + [
        one
        for one in numbers
        if not any(share[0] < one[1] and one[0] < share[1] for share in shares)
    ]


def _one(result):
    text = (result.resolution or {}).get("value") or ""
    try:
        value = float(text.rstrip("%").replace(",", "."))
    except ValueError:
        value = None
    return [result.start, result.end + 1, value]


texts = json.load(sys.stdin)
found("un essai de 3")
start = time.process_time()
told = [found(text) for text in texts]
json.dump({"found": told, "seconds": time.process_time() - start}, sys.stdout)
