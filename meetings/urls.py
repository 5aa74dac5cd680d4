"""Addresses of the public half."""

from django.urls import include, path, re_path

from meetings.views import about, find, group, help_now, meeting, place

urlpatterns = [
    path("", find.finder, name="find"),
    path("meetings/<slug:slug>/", meeting.meeting, name="meeting"),
    path("meetings/<slug:slug>/join/", meeting.join, name="join"),
    path("groups/<slug:slug>/", group.group, name="group"),
    path("places/<slug:slug>/", place.place, name="place"),
    path("help-now/", help_now.help_now, name="help-now"),
    path("first-time/", about.first_time, name="first-time"),
    path("families/", about.families, name="families"),
    path("privacy/", about.privacy, name="privacy"),
    path("robots.txt", about.robots, name="robots"),
    path("favicon.ico", about.favicon, name="favicon"),
    path("", include("meetings.feed_urls")),
    path("api/v1/", include("meetings.api_urls")),
    re_path(r"^(?:/*main_server/+|/*)client_interface/+", include("meetings.bmlt_urls")),
]
