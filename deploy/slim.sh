#!/bin/sh
# Takes out of a virtual environment what the tracker never reads: tests, sources of compiled parts,
# their symbols for debuggers, and languages that it does not speak. 175 MB become 108.
set -eu
cd "$1"/lib/python3*/site-packages
spoken='en|ru|uz|kk'

find . -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -r {} +
find . -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' -o -name '*.c' -o -name '*.cpp' \
    -o -name '*.h' -o -name '*.hpp' -o -name '*.a' -o -name '*.lib' \) -delete
# Babel: our languages in each script, and the root that they build on.
find babel/locale-data -type f | grep -Ev "/(root|($spoken)(_[A-Za-z0-9_]+)?)\.dat\$" | xargs rm
find . -path '*/locale/*' -prune -type d | grep -Ev "/locale/($spoken)\$" | xargs rm -r
find pyroaring* _brotli* -name '*.so' -exec strip --strip-unneeded {} +
