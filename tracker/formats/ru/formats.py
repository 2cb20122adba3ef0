"""What Django gets wrong in Russian: in a date the month is in the genitive, "14 мая"."""

MONTH_DAY_FORMAT = "j E"  # Django has "j F", which gives "14 Май"
