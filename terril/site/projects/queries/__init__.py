"""Every read of the register worth a name."""

from terril.site.projects.queries.decisions import (
    Plan,
    calls_to_publish,
    decisions_to_register,
    plan_of,
    published_decisions,
)
from terril.site.projects.queries.figures import (
    Coverage,
    EditionLine,
    Proof,
    counts,
    coverage,
    edition_lines,
)
from terril.site.projects.queries.maps import (
    MapPage,
    RegisterMap,
    map_features,
    map_page,
    point_of,
)
from terril.site.projects.queries.pages import (
    ProjectPage,
    Verification,
    project_page,
    verification,
)
from terril.site.projects.queries.register import (
    Options,
    RegisterPage,
    Row,
    all_projects,
    filtered,
    latest_projects,
    options,
    projects_of,
    register_page,
)

__all__ = [
    "Coverage",
    "EditionLine",
    "MapPage",
    "Options",
    "Plan",
    "ProjectPage",
    "Proof",
    "RegisterMap",
    "RegisterPage",
    "Row",
    "Verification",
    "all_projects",
    "calls_to_publish",
    "counts",
    "coverage",
    "decisions_to_register",
    "edition_lines",
    "filtered",
    "latest_projects",
    "map_features",
    "map_page",
    "options",
    "plan_of",
    "point_of",
    "project_page",
    "projects_of",
    "published_decisions",
    "register_page",
    "verification",
]
