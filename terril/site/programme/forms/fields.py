"""One field for each kind of question: what is typed in, a value for JSON out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.commons.documents import ACCEPTED
from terril.site.commons.templatetags.format import file_size
from terril.site.commons.text import one_line
from terril.site.people.queries import organisation_of_siret
from terril.site.people.rules import check_siret
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.programme.forms.plain import (
    AmountAnswer,
    AnswerField,
    BoxAnswer,
    ChoiceAnswer,
    DateAnswer,
    Draft,
    ManyAnswer,
    NumberAnswer,
    TextAnswer,
)
from terril.site.programme.forms.tables import TableAnswer
from terril.site.programme.models import Question
from terril.site.programme.queries.answers import communes_called, is_called
from terril.site.programme.rules import answers as rules, wording

K = Question.Kind
FEW = 6


class Pair(forms.MultiWidget):
    """Two inputs of one answer, each with its label."""

    template_name = "programme/widgets/pair.html"

    def __init__(self, names: dict[str, Any], attrs: dict[str, str]) -> None:
        self.labels = names
        super().__init__({name: forms.TextInput(attrs) for name in names})

    def spread(self, name: str, typed: Any) -> dict[str, str]:
        """Return the two inputs that hold an answer."""
        names = [f"{name}_{one}" for one in self.labels]
        return dict(zip(names, typed, strict=True))

    def decompress(self, value: list[str] | None) -> list[str]:
        return value or ["", ""]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        for one, label in zip(inputs, self.labels.values(), strict=True):
            one["label"] = label
        return context


class CommuneWidget(forms.TextInput):
    """A text, or one of the communes proposed under it when it is ambiguous."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return next((one for one in reversed(sent) if one), "")


class CommuneAnswer(AnswerField):
    """A commune by its name, its code, or both: Lens, 62498, Lens (62498)."""

    widget = CommuneWidget({"list": "communes", "autocomplete": "off"})
    candidates: list[Place]

    def read(self, value: Any) -> dict[str, str] | None:
        self.candidates = []
        text = (value or "").strip()
        if not text:
            return None
        code = rules.commune_code(text)
        place = self._of_code(code) if code else self._called(text)
        return {"code": place.code, "name": place.name}

    def _of_code(self, code: str) -> Place:
        place = places.commune(code)
        if place is None or not place.is_current:
            raise rules.AnswerRefused(
                _("No commune has the code “%(code)s” today.") % {"code": code},
                next_step=_("Write its name instead."),
            )
        return place

    def _called(self, text: str) -> Place:
        found = communes_called(text)
        if len(found) == 1 and is_called(found[0], text):
            return found[0]
        self.candidates = found
        if not found:
            raise rules.AnswerRefused(
                _("No commune is called “%(text)s”.") % {"text": text[:60]},
                next_step=_("Check the spelling, or write its code, as 62498."),
            )
        if is_called(found[0], text):
            raise rules.AnswerRefused(
                _("Several communes are called “%(text)s”.") % {"text": text[:60]},
                next_step=_("Choose yours below, or write its code."),
            )
        raise rules.AnswerRefused(
            _("No commune is called exactly “%(text)s”.") % {"text": text[:60]},
            next_step=_("Choose yours below, or correct the name."),
        )


class OrganisationAnswer(AnswerField):
    """An organisation by its SIRET; its name when the directory does not know it."""

    def __init__(self, **options: Any) -> None:
        names = {"siret": _("SIRET"), "name": _("Name of the organisation")}
        super().__init__(widget=Pair(names, {"autocomplete": "off"}), **options)

    def read(self, value: Any) -> dict[str, str] | None:
        siret, name = ((one or "").strip() for one in value)
        if not siret and not name:
            return None
        if not siret:
            raise rules.AnswerRefused(
                _("The SIRET is missing."),
                next_step=_("Write its 14 digits, or empty the name too."),
            )
        return self._known(check_siret(siret), name)

    def _known(self, siret: str, name: str) -> dict[str, str]:
        known = organisation_of_siret(siret)
        if known:
            return {"siret": siret, "name": known.name}
        if not name:
            raise rules.AnswerRefused(
                _("This SIRET is right, but not in our directory yet."),
                next_step=_("Write the name of the organisation too."),
            )
        return {"siret": siret, "name": rules.check_text(one_line(name), 200)}


class PointAnswer(AnswerField):
    """A place by its latitude and longitude, in France; or nothing."""

    def __init__(self, **options: Any) -> None:
        names = {"latitude": _("Latitude"), "longitude": _("Longitude")}
        widget = Pair(names, {"autocomplete": "off", "inputmode": "decimal"})
        super().__init__(widget=widget, **options)

    def read(self, value: Any) -> dict[str, float] | None:
        latitude, longitude = (one or "" for one in value)
        return rules.check_point(latitude, longitude)


class FilesWidget(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


def field_for(question: Question) -> forms.Field:
    """Return the field of a question; a draft may leave any of them empty."""
    words = {
        "label": question.localised("label"),
        "help_text": _help(question),
        "required": question.is_required,
    }
    return FIELDS[K(question.kind)](question, words)


def _help(question: Question) -> str:
    """Return the help of a question, then its example."""
    text = linebreaksbr(question.localised("help"), autoescape=True)
    example = question.localised("example")
    if not example:
        return text
    said = format_html('<span class="example">{} {}</span>', _("Example:"), example)
    return format_html("{}<br>{}", text, said) if text else said


def _text(question: Question, words: dict[str, Any]) -> forms.Field:
    is_long = question.kind == K.LONG_TEXT
    return TextAnswer(limit=rules.text_limit_of(question), is_long=is_long, **words)


def _choices(question: Question) -> list[tuple[str, str]]:
    keys = [choice["key"] for choice in question.choices]
    return [(key, wording.choice_label(question, key)) for key in keys]


def _choice(question: Question, words: dict[str, Any]) -> forms.Field:
    choices = _choices(question)
    if len(choices) <= FEW:
        return ChoiceAnswer(choices=choices, widget=forms.RadioSelect, **words)
    empty = ("", gettext_lazy("Choose"))
    return ChoiceAnswer(choices=[empty, *choices], **words)


def _files(question: Question, words: dict[str, Any]) -> forms.Field:  # noqa: ARG001
    accept = ",".join(f".{extension}" for extension in ACCEPTED)
    most = {
        "data-max-bytes": str(settings.DOCUMENT_MAX_BYTES),
        "data-too-heavy": _("One of these files is too large: %(limit)s at most.")
        % {"limit": file_size(settings.DOCUMENT_MAX_BYTES)},
    }
    attrs = {"multiple": True, "accept": accept, **most}
    return Draft(widget=FilesWidget(attrs), **words)


Maker = Callable[[Question, dict[str, Any]], forms.Field]
FIELDS: dict[Question.Kind, Maker] = {
    K.TEXT: _text,
    K.LONG_TEXT: _text,
    K.CHOICE: _choice,
    K.MANY: lambda question, words: ManyAnswer(choices=_choices(question), **words),
    K.BOX: lambda _question, words: BoxAnswer(**words),
    K.AMOUNT: lambda _question, words: AmountAnswer(**words),
    K.NUMBER: lambda _question, words: NumberAnswer(**words),
    K.DATE: lambda _question, words: DateAnswer(**words),
    K.COMMUNE: lambda _question, words: CommuneAnswer(**words),
    K.ORGANISATION: lambda _question, words: OrganisationAnswer(**words),
    K.POINT: lambda _question, words: PointAnswer(**words),
    K.GROUP: lambda question, words: TableAnswer(question, **words),
    K.FILES: _files,
}
