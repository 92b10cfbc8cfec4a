"""Letters: written in the transaction, sent after it, once."""

import socket
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.core import mail
from django.db import connection, transaction

from terril.site.commons import outbox
from terril.site.commons.models import Letter
from terril.site.commons.outbox import Envelope, Recipient

pytestmark = pytest.mark.django_db
ANNE = Recipient("anne@example.org", "Anne Exemple")


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    folder = tmp_path / "emails"
    folder.mkdir()
    text = "{{ what }} for {{ recipient.name }}\n\nRead {{ site_url }}/.\n\nGoodbye\n"
    (folder / "greeting.txt").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def envelope(key="greeting/1", **more):
    return Envelope("greeting", "people.person/1", key, {"what": "News"}, **more)


def test_post_writes_the_letter_as_it_will_be_read(at):
    letter = outbox.post(envelope(batch="batch-1"), to=ANNE, at=at)

    assert letter.subject == "News for Anne Exemple"
    assert letter.body == "Read http://127.0.0.1:8000/.\n\nGoodbye\n"
    assert (letter.recipient, letter.language) == ("anne@example.org", "fr")
    assert (letter.about, letter.batch) == ("people.person/1", "batch-1")
    assert (letter.status, letter.created_at) == (Letter.Status.WAITING, at)


def test_the_subject_of_a_letter_is_one_line_without_controls(at):
    guest = Recipient("anne@example.org", "Anne\x0b\u2028Exemple")

    letter = outbox.post(envelope(), to=guest, at=at)

    assert letter.subject == "News for Anne Exemple"


def test_post_sends_after_the_transaction(at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = outbox.post(envelope(), to=ANNE, at=at)
        assert mail.outbox == []

    letter.refresh_from_db()
    assert (letter.status, letter.sent_at) == (Letter.Status.SENT, at)
    assert [message.to for message in mail.outbox] == [["anne@example.org"]]
    assert mail.outbox[0].subject == "News for Anne Exemple"


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_transaction_that_failed_never_leaves(at):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.post(envelope(), to=ANNE, at=at)
        raise ZeroDivisionError

    assert mail.outbox == []
    assert Letter.objects.count() == 0


def test_post_twice_writes_once(at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = outbox.post(envelope(), to=ANNE, at=at)
        second = outbox.post(envelope(), to=ANNE, at=at)

    assert first == second
    assert len(mail.outbox) == 1


def test_nobody_without_an_address_is_written_to(at):
    letter = outbox.post(envelope(), to=Recipient(""), at=at)

    assert letter is None
    assert Letter.objects.count() == 0


def test_a_letter_held_back_waits_for_a_person(at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = outbox.post(envelope(), to=ANNE, at=at, hold=True)

    assert letter.status == Letter.Status.DRAFT
    assert outbox.send(letter.pk, at=at) is False
    assert outbox.send_waiting(at=at) == (0, 0)
    assert mail.outbox == []


def test_a_template_changed_later_does_not_change_a_letter(at, tmp_path):
    letter = outbox.post(envelope(), to=ANNE, at=at, hold=True)

    (tmp_path / "emails" / "greeting.txt").write_text("Other\n\nOther\n")

    letter.refresh_from_db()
    assert letter.subject == "News for Anne Exemple"


def test_a_letter_that_failed_is_sent_later(at, settings):
    letter = outbox.post(envelope(), to=ANNE, at=at)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert outbox.send_waiting(at=at) == (0, 1)

    letter.refresh_from_db()
    assert (letter.status, letter.sent_at) == (Letter.Status.FAILED, None)
    assert "refused" in letter.failure
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_waiting(at=at) == (1, 0)
    letter.refresh_from_db()
    assert (letter.status, letter.failure) == (Letter.Status.SENT, "")
    assert outbox.send_waiting(at=at) == (0, 0)


def test_a_letter_that_makes_no_email_fails_and_stays_in_sight(at):
    letter = outbox.post(envelope(), to=ANNE, at=at, hold=True)
    Letter.objects.update(status=Letter.Status.WAITING, subject="News\rBcc: x")

    assert outbox.send(letter.pk, at=at) is False

    letter.refresh_from_db()
    assert (letter.status, letter.sent_at) == (Letter.Status.FAILED, None)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_once(at):
    letter = outbox.post(envelope(), to=ANNE, at=at, hold=True)
    Letter.objects.update(status=Letter.Status.WAITING)
    start, results = Barrier(2), []

    def send_and_leave():
        start.wait()
        results.append(outbox.send(letter.pk, at=at))
        connection.close()

    senders = [Thread(target=send_and_leave) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(results) == [False, True]
    assert len(mail.outbox) == 1


class Kept(MessageHandler):
    """Keep what a mail server received."""

    def __init__(self):
        super().__init__()
        self.received = []

    def handle_message(self, message):
        self.received.append(message)


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def test_a_real_server_receives_the_letter_whole(at, settings):
    server = Controller(Kept(), hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    letter = outbox.post(envelope(), to=ANNE, at=at, hold=True)
    Letter.objects.update(status=Letter.Status.WAITING, subject="Été à Béthune")

    sent = outbox.send(letter.pk, at=at)

    server.stop()
    (message,) = server.handler.received
    assert sent is True
    assert message["To"] == "anne@example.org"
    assert message["From"] == "terril@example.org"
    assert "Goodbye" in message.get_payload(decode=True).decode()
