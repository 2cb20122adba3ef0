"""Files that bring initiatives in: sent, looked at, applied, taken back."""

from initiatives.desk.admin.imports.batches import ImportBatchAdmin, ImportRowAdmin

__all__ = ["ImportBatchAdmin", "ImportRowAdmin"]
