"""Addresses of API v1, mounted under api/v1/."""

from django.urls import path, re_path

from meetings.api.base import Nowhere
from meetings.api.detail import OneMeeting
from meetings.api.docs import Docs, Schema
from meetings.api.finding import Meetings
from meetings.api.vocabulary import Bodies, Places, Types

urlpatterns = [
    path("meetings/", Meetings.as_view(), name="api-meetings"),
    path("meetings/<slug:slug>/", OneMeeting.as_view(), name="api-meeting"),
    path("places/", Places.as_view(), name="api-places"),
    path("types/", Types.as_view(), name="api-types"),
    path("bodies/", Bodies.as_view(), name="api-bodies"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    # With a slash at the end only, so that an address that lacks just the slash is led on.
    re_path(r"^(?:.*/)?$", Nowhere.as_view(), name="api-nowhere"),
]
