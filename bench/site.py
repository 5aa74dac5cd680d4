"""The product for a WSGI server, with `bench.urls`; with BENCH_BARE=1 without any middleware."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.ROOT_URLCONF = "bench.urls"
if os.environ.get("BENCH_BARE"):
    settings.MIDDLEWARE = []
application = get_wsgi_application()
