"""The BMLT address, below main_server/client_interface/. Slashes may be doubled, and the last one missing."""

from django.urls import re_path

from meetings.views import bmlt

urlpatterns = [
    re_path(r"^serverInfo\.xml$", bmlt.server_info_xml, name="bmlt-version"),
    re_path(r"^(?P<form>[A-Za-z-]+)/*$", bmlt.interface, name="bmlt"),
]
