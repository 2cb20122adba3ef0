"""Lists that every site needs, as plain values: countries and sectors.

Countries are those with an official code of ISO 3166-1. Codes and names are Unicode's CLDR (version
47 with Babel 2.18, Unicode License v3). Currencies are read there too, see `notation.currencies`.

Sectors (sectors.csv) are those of the first data and the categories of three digits of OECD DAC's
list of purpose codes as IATI replicates it (SectorCategory, without withdrawn ones). English names
are those of the list; Russian, Uzbek and Kazakh ones are translations of this project, since OECD
has none.
"""

from initiatives.reference_data.countries import ISO3, codes, country_names
from initiatives.reference_data.rows import countries, sectors

__all__ = ["ISO3", "codes", "countries", "country_names", "sectors"]
