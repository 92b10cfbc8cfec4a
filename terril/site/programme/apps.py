from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "terril.site.programme"
    label = "programme"
