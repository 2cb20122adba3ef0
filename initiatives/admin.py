"""Where Django looks for the admin: it lives in `desk/admin/`."""

import initiatives.desk.admin  # noqa: F401
