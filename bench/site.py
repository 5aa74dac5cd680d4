"""The product for a WSGI server, with `bench.urls`; with BENCH_BARE=1 without any middleware."""

import os
from importlib import import_module

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "bench.urls"
if os.environ.get("BENCH_BARE"):
    settings.MIDDLEWARE = []
application = import_module("config.wsgi").application
