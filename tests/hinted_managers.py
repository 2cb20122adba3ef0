"""Settings and app for mypy alone: the managers of the models with their own classes.

django-modeltranslation puts a class without a name of its own in front of each manager, which the
plugin of mypy then looks for and does not find.
"""

from django.apps import AppConfig, apps

from tests.settings import *
from tests.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "tests.hinted_managers.HintedManagers"]


class HintedManagers(AppConfig):
    """It stands after django-modeltranslation, which has done its part by then."""

    name = "tests.hinted_managers"
    label = "hinted_managers"

    def ready(self) -> None:
        for manager in (manager for model in apps.get_models() for manager in model._meta.managers):
            if hasattr(type(manager), "_old_class"):
                _multilingual, own, _querysets = type(manager).__bases__
                manager.__class__ = own
