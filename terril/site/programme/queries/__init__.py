"""Every read of the programme worth a name."""

from terril.site.programme.queries.calls import boundaries_passed
from terril.site.programme.queries.dossiers import dossiers_seen_by

__all__ = ["boundaries_passed", "dossiers_seen_by"]
