from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Members and how they sign in."""

    name = "accounts"
    verbose_name = _("Members")
