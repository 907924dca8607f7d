#!/usr/bin/env bash
# SURPRISE: wordfreq 3.1 knows no Indonesian word with a hyphen: it cuts it and combines the frequencies of the pieces, so
#           that undang-undang (law) is always said to be half as frequent as undang (invite), whatever texts hold.
# EXPECTED: a frequency of the word that was asked for, or 0. Its README (section "Tokenization") says that a text of
#           several tokens gets a combined frequency; that hyphens make tokens in Indonesian has to be tried.
# THE KIT:  compares with general Indonesian piece by piece, and says so: kit/measures/keyness/frequency_list.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "wordfreq==3.1.1"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

from wordfreq import tokenize, word_frequency

print("wordfreq", version("wordfreq"))
for word, piece in (("undang-undang", "undang"), ("anak-anak", "anak"), ("tugas-tugas", "tugas")):
    ratio = word_frequency(word, "id") / word_frequency(piece, "id")
    print(word, tokenize(word, "id"), f"{ratio:.1f} of {piece}")
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="wordfreq 3.1.1
undang-undang ['undang', 'undang'] 0.5 of undang
anak-anak ['anak', 'anak'] 0.5 of anak
tugas-tugas ['tugas', 'tugas'] 0.5 of tugas"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
