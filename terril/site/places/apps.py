from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "terril.site.places"
    label = "places"
