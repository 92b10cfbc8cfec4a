from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "terril.site.meetings"
    label = "meetings"
