"""Asking addresses of the web what is there: politely, and never those of machines of ours.

HttpClient.ask(url)        the Answer: what the address said, where it has moved to
archived_copy(client)  the address of a copy in an archive of the web
"""

from initiatives.web_addresses.answers import Answer, Heard
from initiatives.web_addresses.archive import archived_copy
from initiatives.web_addresses.http_client import HttpClient

__all__ = ["Answer", "Heard", "HttpClient", "archived_copy"]
