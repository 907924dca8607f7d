#!/usr/bin/env bash
# SURPRISE: nltk 3.10.4 finds nothing like tugas-tugas (duties) and says that it does not stand in the text, where
#           `Text.similar` was asked first, and finds both where `Text.common_contexts` was: the first of the two makes an
#           index for both, and that of `similar` leaves out all words with a hyphen, thus Indonesian plurals and laws.
# EXPECTED: the same answers in any order, on all words: "find other words which appear in the same contexts as the specified
#           word" (https://www.nltk.org/api/nltk.text.html); that words are left out is not said.
# THE KIT:  gives an nltk.Text (`corpus.to_nltk()`) with one index of its own, words with a hyphen among them:
#           kit/corpus/nltk_text.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "nltk==3.10.4"
cat > "$place/show.py" <<'END'
import nltk
from nltk.text import Text

TOKENS = "Bupati membaca tugas-tugas itu . Bupati membaca laporan itu . Gubernur membaca tugas-tugas itu .".split()  # made up
ASKED = {"similar": "tugas-tugas", "common_contexts": ["laporan", "tugas-tugas"]}

print("nltk", nltk.__version__)
for order in (["similar", "common_contexts"], ["common_contexts", "similar"]):
    text = Text(TOKENS)
    print("asked in this order:", *order, "- the text has tugas-tugas", text.count("tugas-tugas"), "times")
    for method in order:
        print(f"  {method}: ", end="")
        getattr(text, method)(ASKED[method])
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="nltk 3.10.4
asked in this order: similar common_contexts - the text has tugas-tugas 2 times
  similar: No matches
  common_contexts: ('The following word(s) were not found:', 'laporan tugas-tugas')
asked in this order: common_contexts similar - the text has tugas-tugas 2 times
  common_contexts: membaca_itu
  similar: laporan"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
