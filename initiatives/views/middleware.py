"""Refuses what no address, header or cookie of ours can carry, before it reaches a database."""

from django.http import HttpResponseBadRequest


class RefuseBrokenInput:
    """Answers 400 to a NUL byte in the path; PostgreSQL would answer it with an error.

    Query strings are cleaned by the filtersets, which name the parameter; a path has no field
    beside which a message could stand.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            return HttpResponseBadRequest("The address contains a NUL byte.", "text/plain")
        return self.get_response(request)
