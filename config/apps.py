from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: settings, addresses, the timetable, and the checks over the whole house."""

    name = "config"
    verbose_name = "Configuration"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers itself)
