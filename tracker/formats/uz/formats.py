"""What Django gets wrong in Uzbek: "May 2025-yil" for a month, where CLDR has "may, 2025"."""

YEAR_MONTH_FORMAT = r"E, Y-\y\i\l"  # of one pattern with the full date: 14-may, 2025-yil
