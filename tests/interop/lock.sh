#!/bin/sh
# Writes package-lock.json, here and in the folders below, openbadges.txt, openapi.txt and client/client.txt again:
# without addresses of registries, so that any mirror serves.
set -eu
cd "$(dirname "$0")"
for project in . digitalcredentials spectral sphereon typescript; do
  npm install --prefix "$project" --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved "$@"
done
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command tests/interop/lock.sh --override openbadges-overrides.txt --output-file openbadges.txt \
  openbadges.in
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command tests/interop/lock.sh --output-file openapi.txt openapi.in
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command tests/interop/lock.sh --output-file client/client.txt client/client.in
