"""Search over the public register, by the text index of the database.

matching(["energy corridor", "газ"])    positions of editions, for `Selection.matching`
suggestions("enregy", language="en")    what a search without hits may have meant: ["energy"]
organisations_named(["ebrd"])           slugs of the organisations that are called so
"""

from initiatives.editions.search.matching import matching, search
from initiatives.editions.search.names import organisations_named
from initiatives.editions.search.suggestions import suggestions

__all__ = ["matching", "organisations_named", "search", "suggestions"]
