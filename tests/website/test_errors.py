"""Pages for what went wrong say what happened and what to do next."""

import pytest
from django.test import Client

from terril.site.people import roles
from terril.site.people.access import OtherRoleNeeded
from terril.site.website.views import errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/en/nothing/", "en", "Nothing at this address"),
        ("/rien/", "fr", "lang="),
    ],
)
def test_nothing_at_an_address_is_said_in_the_language_of_the_address(
    client, address, language, words
):
    response = client.get(address)

    text = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in text
    assert words in text


def test_a_form_without_its_token_is_refused_with_a_page():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/en/compte/connexion/", {"login": "a@example.org"})

    assert response.status_code == 403
    assert "This form is no longer valid" in response.content.decode()


def prepared(rf):
    """Return a request as a view meets it."""
    request = rf.get("/en/")
    request.role, request.roles = None, []
    return request


def test_a_page_of_another_role_offers_to_change_role(rf):
    response = errors.forbidden(prepared(rf), OtherRoleNeeded([roles.AGENT]))

    assert response.status_code == 403
    assert b'value="agent"' in response.content


def test_an_unreadable_request_and_a_failure_have_their_pages(rf):
    bad = errors.bad_request(prepared(rf), ValueError())
    failure = errors.failure(prepared(rf))

    assert (bad.status_code, b"400" in bad.content) == (400, True)
    assert (failure.status_code, b"500" in failure.content) == (500, True)
