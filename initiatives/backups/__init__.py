"""Backups of everything that cannot be made again: the database and the documents of sources.

back_up(…)      makes one file of both, whole or not at all
restore(…)      puts such a file back, whole or not at all
check(…)        says whether a file could be put back
delete_old(…)   keeps so many days, weeks and months of them
"""

from initiatives.backups.creating import CreatedBackup, back_up
from initiatives.backups.encryption import Recipients
from initiatives.backups.errors import BackupError, UnreadableBackup
from initiatives.backups.restoring import Restored, check, restore
from initiatives.backups.rotation import Keep, delete_old

__all__ = [
    "BackupError",
    "CreatedBackup",
    "Keep",
    "Recipients",
    "Restored",
    "UnreadableBackup",
    "back_up",
    "check",
    "delete_old",
    "restore",
]
