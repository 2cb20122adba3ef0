"""Who is asking: the rights of the signed-in officer, read once for each request."""

from initiatives.rights import Rights


def rights_of(request) -> Rights:
    """The rights of the user of `request`."""
    if not hasattr(request, "desk_rights"):
        request.desk_rights = Rights(request.user)
    return request.desk_rights
