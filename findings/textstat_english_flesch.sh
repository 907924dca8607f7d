#!/usr/bin/env bash
# SURPRISE: textstat 0.7.13 takes set_lang("id") and computes Flesch's reading ease of Indonesian with the constants of English,
#           without a word: two plain sentences of news come out below 0, the hardest there is, since Indonesian builds long
#           words of many syllables from short roots. (For lists of easy words, which are English too, it warns.)
# EXPECTED: a refusal or a warning where there is no formula for a language; it has constants of their own for German, Spanish,
#           French, Italian, Dutch, Polish, Russian and Hungarian (https://github.com/textstat/textstat, "flesch_reading_ease").
# THE KIT:  has no such score; to_nltk refuses nltk's readability, which needs English too: kit/corpus/nltk_text.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "textstat==0.7.13"
seen=$("$place/venv/bin/python" - <<'END'
import warnings
from importlib.metadata import version

import textstat

warnings.simplefilter("error")
words = "Pemerintah kota membuka layanan baru bagi warga. Wali kota berjanji melayani masyarakat dengan jujur."
print("textstat", version("textstat"))
textstat.set_lang("id")
ease, syllables = textstat.flesch_reading_ease(words), textstat.syllable_count(words)
english = 206.835 - 1.015 * 14 / 2 - 84.6 * syllables / 14
print(syllables, "syllables in 14 words; ease", round(ease, 1), "- by Flesch's formula for English", round(english, 1))
END
)
echo "$seen"
expected="textstat 0.7.13
38 syllables in 14 words; ease -29.9 - by Flesch's formula for English -29.9"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
