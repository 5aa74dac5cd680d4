"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# An answer is thousands of small objects that die with it. Searched for rings less often, and without what
# the start-up made, a list of fifty meetings costs a fifth less.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
