#!/bin/sh
# Gathers the words of the window and compiles their translations.
# Run it after adding or changing words in ui/, translate what is marked "unfinished" in
# resources/i18n/sokoul_fr.ts (and the plural forms in sokoul_en.ts), then run it again.
set -eu
cd "$(dirname "$0")/.."
tools=.venv/bin
folder=resources/i18n
sources=$(find ui -name '*.py' ! -name '__init__.py' | sort)
# shellcheck disable=SC2086 # file names in ui/ hold no spaces
"$tools/pyside6-lupdate" $sources -no-obsolete -locations none -source-language en_US \
    -target-language fr_FR -ts "$folder/sokoul_fr.ts"
# shellcheck disable=SC2086
"$tools/pyside6-lupdate" $sources -no-obsolete -locations none -source-language en_US \
    -target-language en_US -pluralonly -ts "$folder/sokoul_en.ts"
for language in fr en; do
    "$tools/pyside6-lrelease" -silent "$folder/sokoul_$language.ts" \
        -qm "$folder/sokoul_$language.qm"
done
