from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "terril.site.commons"
    label = "commons"
