"""Why a file is not taken: one class and one sentence for each reason."""

from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused


class DocumentRefused(Refused):
    """A file was not taken; the others sent with it may have been."""


class EmptyFile(DocumentRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is empty: it holds 0 bytes.") % {"name": name},
            next_step=_("Open it on your computer, save it again, then add it."),
        )


class TooLarge(DocumentRefused):
    def __init__(self, name: str, size: str, limit: str) -> None:
        super().__init__(
            _("“%(name)s” is too large: %(size)s, and the limit is %(limit)s.")
            % {"name": name, "size": size, "limit": limit},
            next_step=_("Make it lighter, or cut it in two."),
        )


class KindNotAccepted(DocumentRefused):
    def __init__(self, name: str, accepted: str) -> None:
        super().__init__(
            _("“%(name)s” is of a kind that is not accepted.") % {"name": name},
            next_step=_("Save it as one of these kinds: %(accepted)s.")
            % {"accepted": accepted},
        )


class OtherContent(DocumentRefused):
    def __init__(self, name: str, extension: str) -> None:
        super().__init__(
            _("“%(name)s” is named .%(extension)s, but its content is something else.")
            % {"name": name, "extension": extension},
            next_step=_("Choose the right file, or save it again from its program."),
        )


class OldOrLocked(DocumentRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is protected by a password, or of an old office kind.")
            % {"name": name},
            next_step=_("Save it without a password, as .docx, .odt or .pdf."),
        )


class HiddenProgram(DocumentRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” holds macros, which are small programs.") % {"name": name},
            next_step=_("Save it without macros, or as PDF."),
        )


class TooMuchInside(DocumentRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” unfolds to far more than it weighs: it could block a computer."
            )
            % {"name": name},
            next_step=_("Save it again from its program, or as PDF."),
        )


class Unreadable(DocumentRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is damaged: it cannot be read to its end.") % {"name": name},
            next_step=_("Open it on your computer, save it again, then add it."),
        )
