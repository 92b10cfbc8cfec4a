from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "terril.site.projects"
    label = "projects"
