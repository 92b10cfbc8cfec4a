from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "terril.site.website"
    label = "website"
