"""What stops a bundle: it cannot be read, or not be concluded from."""

from terril.choice.errors import ChoiceError


class BundleError(ChoiceError):
    """A bundle cannot be made or read: nothing can be concluded from it."""
