#!/bin/sh
# Takes out of a virtual environment what the tracker never reads: tests, sources of compiled parts,
# their symbols for debuggers, large parts that it does not use, and languages that it does not speak.
set -eu
cd "$1"/lib/python3*/site-packages
spoken='en|ru|uz|kk'

# What no part of ours or of theirs imports by itself, and what is there twice: slower without AVX2, and
# compiled beside the same in Python where only the width of letters is read.
rm -rf django/contrib/gis lxml/objectify*.so lxml/isoschematron numpy/f2py numpy/random numpy/_core/_simd*.so
find rapidfuzz -name '*_avx2*.so' -delete
# Of fonts the widths are read, of keys and passkeys the checks; cryptography needs the compiled half of cffi alone.
(cd fontTools && rm -rf cffLib colorLib cu2qu designspaceLib diff feaLib merge mtiLib otlLib qu2cu subset svgLib t1Lib \
    ufoLib varLib voltLib)
rm -rf cffi pycparser fido2/client fido2/ctap2 fido2/hid fido2/mds3.py fido2/payment.py fido2/pcsc.py
rm -rf numpy/distutils numpy/fft numpy/polynomial lxml/html/*.so wcwidth/_wcwidth_c*.so
find numpy -name '*_tests*.so' -delete
# Time zones come from Debian, whose updates follow the governments.
rm -rf tzdata/zoneinfo
find . -path '*.dist-info/RECORD' -delete
find fontTools -name '*.so' -delete
find . -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -r {} +
find . -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' -o -name '*.c' -o -name '*.cpp' \
    -o -name '*.h' -o -name '*.hpp' -o -name '*.a' -o -name '*.lib' -o -name '*.po' \) -delete
# Babel: our languages in each script, and the root that they build on.
find babel/locale-data -type f | grep -Ev "/(root|($spoken)(_[A-Za-z0-9_]+)?)\.dat\$" | xargs -r rm
find . -path '*/locale/*' -prune -type d | grep -Ev "/locale/($spoken)\$" | xargs -r rm -r
# Not what lies in folders that end in .libs: their paths were patched in, and they break.
find pyroaring* _brotli* cryptography lxml numpy psycopg_binary rapidfuzz -name '*.so' -exec strip --strip-unneeded {} +
