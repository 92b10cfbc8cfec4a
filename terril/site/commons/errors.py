"""The one kind of error a person is meant to read."""

from django.utils.functional import Promise

Sentence = str | Promise


class Refused(Exception):
    """An anticipated refusal: what happened, why, and what to do next."""

    def __init__(self, sentence: Sentence, *, next_step: Sentence = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step

    def __str__(self) -> str:
        return str(self.sentence)


class FieldsRefused(Refused):
    """A refusal that points at the fields to mend, by their names."""

    def __init__(self, sentence: Sentence, fields: dict[str, Sentence]) -> None:
        super().__init__(sentence)
        self.fields = fields
