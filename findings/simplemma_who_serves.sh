#!/usr/bin/env bash
# SURPRISE: simplemma 2.0 gives one Indonesian lemma, layan, to who serves (pelayan, melayani), who is served (dilayani) and
#           the service itself (pelayanan, layanan): it strips derivation and voice, as a stemmer does.
# EXPECTED: lemmas undo inflection; its README calls it a lemmatizer and warns only that accuracy differs by language.
# THE KIT:  counts lexemes by its own rules, which keep voice and derivation; simplemma serves roots alone, which are never
#           counted: kit/language/lexemes.py, kit/language/roots.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "simplemma==2.0.0"
seen=$("$place/venv/bin/python" - <<'END'
from importlib.metadata import version

import simplemma

print("simplemma", version("simplemma"))
for word in ("pelayan", "melayani", "dilayani", "pelayanan", "layanan"):
    print(word, simplemma.lemmatize(word, lang="id"))
END
)
echo "$seen"
expected='simplemma 2.0.0
pelayan layan
melayani layan
dilayani layan
pelayanan layan
layanan layan'
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
