from django.apps import AppConfig
from django.utils.module_loading import import_string


class PeopleConfig(AppConfig):
    name = "terril.site.people"
    label = "people"

    def ready(self) -> None:
        """Follow every way to prove an address: the library announces all of them."""
        announced = import_string("allauth.account.signals.email_confirmed")
        announced.connect(
            import_string("terril.site.people.accounts.on_address_proved")
        )
