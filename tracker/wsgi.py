"""The WSGI entry point that the server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tracker.database_bounds import bound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = get_wsgi_application()
bound(
    settings.DATABASES,
    statement_seconds=settings.STATEMENT_SECONDS,
    pool=settings.DATABASE_POOL,
)
