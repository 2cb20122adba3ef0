"""The one bridge from the working rows to the public register.

publishing(cause)    what runs inside is one transaction; at its end its editions are written
changed(change)      notes which public records a recorded change may have touched
issue_missing()      writes the editions of all that is public and has none that says so, and what
                     the desk asks of all records
missing()            what `issue_missing` would write
preview_of(code)     what the public would be told of a record as it is at the desk
"""

from initiatives.publication.issuing import issue_missing, missing
from initiatives.publication.previewing import preview_of
from initiatives.publication.transactions import changed, publishing

__all__ = ["changed", "issue_missing", "missing", "preview_of", "publishing"]
