"""Each story begins in French, whatever the one before was told in."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield
