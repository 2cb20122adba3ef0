"""Settings of django-axes: too many wrong passwords shut an account for an address.

See initiatives/desk/admin/sign_in/.
"""

from datetime import timedelta

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "initiatives.desk.admin.sign_in.attempts.Attempts"
AXES_CLIENT_IP_CALLABLE = "initiatives.desk.admin.sign_in.attempts.address_of"
AXES_LOCKOUT_CALLABLE = "initiatives.desk.admin.sign_in.pages.too_many"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the waiting time ends for everybody
AXES_ENABLE_ADMIN = False  # the desk has a page of its own for it
AXES_VERBOSE = False
