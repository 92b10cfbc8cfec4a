"""Make one person of two: an entry of the directory, and the account that claims it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Model

from terril.site.commons import journal
from terril.site.commons.addresses import address
from terril.site.people import rules
from terril.site.people.models import Invitation, Person


@transaction.atomic
def join(entry: Person, account: Person, *, by: Person, at: datetime) -> None:
    """Give an account all that waited for it under a name without one.

    Whichever room keeps a person finds the account in the place of the entry.
    """
    rules.check_joining(entry, account)

    for relation in _relations():
        _hand_over(relation, entry, account)
    about = Invitation.objects.filter(about=address(entry))
    about.update(about=address(account))
    note = address(entry)
    entry.delete()

    journal.record("person.joined", about=account, by=by, at=at, note=note)


def _relations() -> list[ForeignObjectRel]:
    fields = Person._meta.get_fields(include_hidden=True)
    return [one for one in fields if isinstance(one, ForeignObjectRel)]


def _hand_over(relation: ForeignObjectRel, entry: Person, account: Person) -> None:
    name = relation.field.name
    for row in relation.related_model._default_manager.filter(**{name: entry}):
        setattr(row, name, account)
        try:
            with transaction.atomic():
                row.save(update_fields=[name])
        except IntegrityError:
            # The account is there already: nothing is kept twice, and the more is kept.
            _keep_the_more(relation, row, account)


def _keep_the_more(relation: ForeignObjectRel, row: Model, account: Person) -> None:
    """Leave one of two rows: that of the entry, where it is more than the account's.

    A row that ranks says so by `outranks`, as the holder of a dossier does.
    """
    outranks = getattr(row, "outranks", None)
    rows = relation.related_model._default_manager
    there = rows.filter(**{relation.field.name: account})
    weaker = outranks(there) if outranks else there.none()
    if weaker.exists():
        weaker.delete()
        row.save(update_fields=[relation.field.name])
    else:
        row.delete()
