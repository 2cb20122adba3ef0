"""Search over the public register, by the text index of the database.

matching(["energy corridor", "газ"])    positions of editions, for `Selection.matching`
suggestions("enregy", language="en")    what a search without hits may have meant: ["energy"]
"""

from initiatives.editions.search.matching import matching, search
from initiatives.editions.search.suggestions import suggestions

__all__ = ["matching", "search", "suggestions"]
