"""Mine, theirs and before: what a refused save is compared with, so that nothing typed is lost."""

from initiatives.desk.forms.three_way.choices import apply_choices
from initiatives.desk.forms.three_way.page import ThreeWay, compare

__all__ = ["ThreeWay", "apply_choices", "compare"]
