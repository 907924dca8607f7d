#!/usr/bin/env bash
# SURPRISE: lexical-diversity 0.1.1 calls short news the least varied there is: HD-D is 0 for every text of fewer than 42 words,
#           MTLD is 0 for a text that repeats no word. lexicalrichness 0.5.1 refuses the first, and gives the number of words
#           for the second. A mean over articles, with briefs and headlines among them, says how many are short.
# EXPECTED: a missing number or an error. HD-D draws 42 words from a text (McCarthy & Jarvis 2007, vocd: A theoretical and
#           empirical evaluation), which cannot be drawn from 41; MTLD without a finished factor has none to divide by. The
#           README says nothing of short texts (https://github.com/kristopherkyle/lexical_diversity).
# THE KIT:  leaves HD-D and MATTR missing for what is too short, says so, and has no MTLD: kit/measures/frequency/diversity.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "setuptools==75.8.0" "lexical-diversity==0.1.1" "lexicalrichness==0.5.1"
cat > "$place/show.py" <<'END'
import warnings

warnings.simplefilter("ignore")  # of pkg_resources and of old escapes, at import
from importlib.metadata import version

from lexical_diversity import lex_div
from lexicalrichness import LexicalRichness

def attempt(call):
    try:
        return round(float(call()), 2)
    except ValueError as error:
        return f"ValueError {str(error).split('.')[0]}"

print("lexical-diversity", version("lexical-diversity"), "lexicalrichness", version("lexicalrichness"))
varied = "bupati membuka jalan desa baru yang menghubungkan dua pasar besar".split()  # ten words, made up
dull = ("jalan desa rusak " * 14).split()  # 42 words, three of them different
for name, words in ("ten different words", varied), ("three words, 42 long", dull), ("three words, 41 long", dull[:-1]):
    other = LexicalRichness(" ".join(words))
    print(f"{name}: HD-D {attempt(lambda: lex_div.hdd(words))} | {attempt(lambda: other.hdd(draws=42))}")
    print(f"{name}: MTLD {attempt(lambda: lex_div.mtld(words))} | {attempt(other.mtld)}")
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="lexical-diversity 0.1.1 lexicalrichness 0.5.1
ten different words: HD-D 0.0 | ValueError Number of draws should be less than the total sample size of 10
ten different words: MTLD 0.0 | 10.0
three words, 42 long: HD-D 0.07 | 0.07
three words, 42 long: MTLD 10.5 | 5.25
three words, 41 long: HD-D 0.0 | ValueError Number of draws should be less than the total sample size of 41
three words, 41 long: MTLD 10.25 | 5.12"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
