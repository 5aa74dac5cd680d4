from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """The public half: listings, and the finder over them. Knows no person beyond AUTH_USER_MODEL."""

    name = "meetings"
    verbose_name = _("Meetings")
