#!/usr/bin/env bash
# SURPRISE: snowballstemmer 3.1.1 parts the active of an Indonesian verb from its passive (mengelola: elola, dikelola: kelola)
#           wherever me- swallows a k or a t, and puts unlike words together: menteri (minister) is teri (anchovy), while
#           kementerian (ministry) is menteri; masalah (problem) is masa (time), and pemilu (election) is pilu (sad).
# EXPECTED: one stem for forms of one word, and no others in it: "maps different forms of the same word to a common stem ...
#           over-stemming is more problematic than under-stemming so we tend not to stem in cases that are hard to resolve"
#           (README of the package, "What is Stemming?", https://github.com/snowballstem/snowball).
# THE KIT:  counts forms and lexemes; voice stands in a column of its own, and roots, where k and t are put back, are never
#           counted: kit/language/lexemes.py, kit/language/voice.py, kit/language/roots.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "snowballstemmer==3.1.1"
seen=$("$place/venv/bin/python" - <<'END'
from importlib.metadata import version

import snowballstemmer

stem = snowballstemmer.stemmer("indonesian").stemWord
print("snowballstemmer", version("snowballstemmer"))
for words in (
    "mengelola dikelola", "menangani ditangani", "menindak ditindak", "memeriksa diperiksa",
    "kementerian menteri teri", "masalah masa", "mengakui aku", "pemilu pilu",
):
    print(*(f"{word}: {stem(word)}" for word in words.split()), sep=", ")
END
)
echo "$seen"
expected='snowballstemmer 3.1.1
mengelola: elola, dikelola: kelola
menangani: angan, ditangani: tangan
menindak: indak, ditindak: tindak
memeriksa: periksa, diperiksa: periksa
kementerian: menteri, menteri: teri, teri: teri
masalah: masa, masa: masa
mengakui: aku, aku: aku
pemilu: pilu, pilu: pilu'
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
