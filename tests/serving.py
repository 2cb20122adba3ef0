"""Settings of a server that tests start: those under test, but answers are kept as on a site."""

from tests.settings import *
from tracker.cache import local_memory, rows_in_memory

CACHES = CACHES | {"answers": local_memory(), "rows": rows_in_memory()}
