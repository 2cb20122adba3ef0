"""The WSGI entry point that the server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tracker.database_bounds import bound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# First of all: to load the application makes the connection of this thread, which builds the index.
bound(
    settings.DATABASES,
    statement_seconds=settings.STATEMENT_SECONDS,
    pool=settings.DATABASE_POOL,
)
application = get_wsgi_application()
