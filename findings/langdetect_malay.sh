#!/usr/bin/env bash
# SURPRISE: langdetect 1.0.9 calls Malay news of Malaysia Indonesian with a probability above .9999, so that a filter "keep
#           what is Indonesian" keeps it, however high its threshold is: Malay is not among the languages that it knows.
# EXPECTED: a low probability for a language that it does not know. Its README lists 55 languages, without ms, and does not
#           say what becomes of others (https://github.com/Mimino666/langdetect).
# THE KIT:  tells Malay from Indonesian by words of its own (flag not_indonesian, kind malay): kit/language.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "langdetect==1.0.9"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

from langdetect import DetectorFactory, PROFILES_DIRECTORY, detect_langs
from pathlib import Path

DetectorFactory.seed = 0
print("langdetect", version("langdetect"), "knows ms:", (Path(PROFILES_DIRECTORY) / "ms").exists())
for text in (  # made up
    "Kerajaan mengumumkan bahawa rakyat boleh memohon bantuan kewangan bermula Isnin melalui portal rasmi.",
    "Polis menahan dua lelaki kerana disyaki mencuri kereta di hadapan pejabat pos petang semalam.",
    "Kakitangan awam wajib memberi perkhidmatan yang cekap kepada rakyat, kata menteri.",
):
    best = detect_langs(text)[0]
    print(best.lang, best.prob > 0.9999)
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="langdetect 1.0.9 knows ms: False
id True
id True
id True"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
