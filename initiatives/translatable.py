"""The type of a text that may be translated only when it is shown."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    # What `gettext_lazy` gives has a type in the stubs alone.
    from django.utils.functional import _StrOrPromise as Translatable
else:
    Translatable = str | Promise

__all__ = ["Translatable"]
