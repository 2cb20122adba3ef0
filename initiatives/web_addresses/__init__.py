"""Asking addresses of the web what is there: politely, and never those of machines of ours.

Asker.ask(url)        the Answer: what the address said, where it has moved to
archived_copy(asker)  the address of a copy in an archive of the web
"""

from initiatives.web_addresses.answers import Answer, Heard
from initiatives.web_addresses.archive import archived_copy
from initiatives.web_addresses.asking import Asker

__all__ = ["Answer", "Asker", "Heard", "archived_copy"]
