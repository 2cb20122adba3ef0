"""Plain text: what it may hold, how it is compared, sorted, searched and cleaned. No database."""
