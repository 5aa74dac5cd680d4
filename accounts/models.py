"""A member is a handle and a zone. There is no place for a real name, on purpose."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rules.zones import is_zone


def validate_zone(name: str) -> None:
    """Refuse a zone that the zone rules do not know."""
    if not is_zone(name):
        raise ValidationError(_("“%(zone)s” is not a time zone we know."), params={"zone": name})


class Members(BaseUserManager["Member"]):
    """Makes members; Django's commands for operators call these names."""

    def create_user(self, handle: str, password: str | None = None, **facts: Any) -> "Member":
        member = self.model(handle=handle, **facts)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, handle: str, password: str | None = None, **facts: Any) -> "Member":
        return self.create_user(handle, password, is_staff=True, is_superuser=True, **facts)


class Member(AbstractBaseUser, PermissionsMixin):
    """Someone with an account: a handle of their own choosing, a zone, an e-mail only if they want."""

    handle = models.CharField(
        _("handle"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[\w.-]+\Z", _("Letters, digits, dots, dashes and _ only."))],
        help_text=_("Any name but your own."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_zone])
    is_staff = models.BooleanField(_("operator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects: ClassVar[Members] = Members()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints: ClassVar = [
            # "Alex" and "alex" are one person to whoever reads them.
            models.UniqueConstraint(
                Lower("handle"),
                name="one_member_a_handle",
                violation_error_message=_("This handle is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.handle

    def get_full_name(self) -> str:
        """The handle: there is no other name."""
        return self.handle

    def get_short_name(self) -> str:
        return self.handle
