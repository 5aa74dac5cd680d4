"""The operators' window on the tables. It only looks: listings are written by `editing` alone."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from meetings.models import (
    DatedChange,
    Fellowship,
    Group,
    ImportRun,
    Meeting,
    Place,
    Revision,
    ServiceBody,
    Source,
    Type,
)


class Window(admin.ModelAdmin):
    """Shows rows, changes none."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DatedChanges(admin.TabularInline):
    model = DatedChange
    extra = 0
    can_delete = False


@admin.register(Meeting)
class MeetingWindow(Window):
    list_display = ("name", "fellowship", "weekday", "attendance", "status", "updated_at")
    list_filter = ("fellowship", "attendance", "status", "weekday")
    list_select_related = ("fellowship",)
    search_fields = ("name", "slug")
    inlines: ClassVar = [DatedChanges]


@admin.register(ImportRun)
class ImportRunWindow(Window):
    list_display = ("at", "source", "outcome", "rows", "created", "changed", "removed")
    list_filter = ("outcome", "source")


@admin.register(Revision)
class RevisionWindow(Window):
    list_display = ("at", "subject", "subject_id", "deed", "source", "reason")
    list_filter = ("subject", "deed")


for model in (Fellowship, Group, Place, ServiceBody, Source, Type):
    admin.site.register(model, Window)
