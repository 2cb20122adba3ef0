#!/usr/bin/env bash
# The databases of older releases, which test_older_releases.py upgrades: first data and the work of fill.py,
# each made by the release itself, as SQL that sqlite3 and psql read. README.md says which commit is which.
#
#     tests/data/releases/make.sh 0.1.0 1d5d7f5
set -euo pipefail
release=$1 commit=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
tree=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$tree/it"; rm -rf "$tree"' EXIT
git -C "$root" worktree add --quiet --detach "$tree/it" "$commit"
cd "$tree/it"
ln -s "$root/.venv" .venv
export ENVIRONMENT=local ALLOWED_HOSTS=testserver,localhost
SECRET_KEY=$(head -c 40 /dev/urandom | base64 -w0)
export SECRET_KEY

fill='.venv/bin/python manage.py migrate --verbosity 0
    .venv/bin/python manage.py loaddata --verbosity 0 fixtures/*.json
    .venv/bin/python manage.py shell --no-imports <'"$here"'/fill.py'
sqlite=sqlite:///$tree/of.sqlite3
DATABASE_URL=$sqlite .venv/bin/python manage.py collectstatic --no-input --verbosity 0
DATABASE_URL=$sqlite bash -ec "$fill"
.venv/bin/python -c '
import sqlite3, sys
print("\n".join(sqlite3.connect(sys.argv[1]).iterdump()))' "$tree/of.sqlite3" |
    gzip -9n >"$here/$release-sqlite.sql.gz"
.venv/bin/python -m tests.postgres -- bash -ec "$fill
    /usr/lib/postgresql/*/bin/pg_dump --no-owner --no-privileges \"\$DATABASE_URL\"" |
    sed '/^\\\(un\)\?restrict /d' | # psql of before 2025-08 does not know it
    gzip -9n >"$here/$release-postgresql.sql.gz"
