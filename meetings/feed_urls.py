"""Addresses of the feeds and calendars."""

from django.urls import path

from meetings.views import calendars, feeds, why_not

urlpatterns = [
    path("feeds/meeting-guide.json", feeds.meeting_guide, name="meeting-guide-feed"),
    path("feeds/meeting-guide.schema.json", feeds.schema, name="meeting-guide-schema"),
    path("feeds/meetings.csv", feeds.csv, name="csv-feed"),
    path("feeds/meetings.geojson", feeds.geo_json, name="geojson-feed"),
    path("feeds/meetings.ics", calendars.search, name="search-calendar"),
    path("feeds/why-not/", why_not.why_not, name="why-not"),
    path("meetings/<slug:slug>.ics", calendars.meeting, name="meeting-calendar"),
    path("groups/<slug:slug>.ics", calendars.group, name="group-calendar"),
]
