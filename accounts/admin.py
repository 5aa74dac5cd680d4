"""Members as operators see them: handle and rights, nothing private."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import Member


@admin.register(Member)
class MemberAdmin(UserAdmin):
    ordering = ("handle",)
    list_display = ("handle", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active")
    search_fields = ("handle",)
    fieldsets = (
        (None, {"fields": ("handle", "password")}),
        (
            None,
            {"fields": ("timezone", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
    )
    add_fieldsets = ((None, {"fields": ("handle", "usable_password", "password1", "password2")}),)
