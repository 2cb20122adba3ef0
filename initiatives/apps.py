from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    default = True
    name = "initiatives"
    verbose_name = _("Cooperation initiatives")


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site in the place of its own; settings name it."""

    default = False  # of the two in this file
    default_site = "initiatives.desk.site.DeskSite"
