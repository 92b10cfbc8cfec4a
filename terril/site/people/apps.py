from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "terril.site.people"
    label = "people"
