"""quantulum3 reads English sentences: run by `quantities.py` in a venv of its own."""

import json
import sys
import time

from quantulum3 import parser


def found(text):
    """Return the quantities of a sentence."""
    return [[*one.span, float(one.value)] for one in parser.parse(text)]


texts = json.load(sys.stdin)
found("a try of 3 km")
start = time.process_time()
told = [found(text) for text in texts]
json.dump({"found": told, "seconds": time.process_time() - start}, sys.stdout)
