from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from meetings.vocabulary_rows import bring_in


class MeetingsConfig(AppConfig):
    """The public half: listings, and the finder over them. Knows no person beyond AUTH_USER_MODEL."""

    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from meetings import checks  # noqa: F401  (registers itself)

        post_migrate.connect(_bring_in_vocabulary, sender=self)


def _bring_in_vocabulary(sender: MeetingsConfig, apps: Any = installed, **_: Any) -> None:
    """The vocabulary's rows come, and grow with every upgrade, without migrations of their own."""
    try:
        models = apps.get_model("meetings", "Fellowship"), apps.get_model("meetings", "Type")
    except LookupError:  # migrated back to nothing
        return
    bring_in(*models)
