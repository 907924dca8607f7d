#!/usr/bin/env bash
# SURPRISE: pandoc 3.9 reads a LaTeX table whose headings are stacked by \shortstack without a word of warning, but the
#           words in them are lost, and what is left of the heading becomes a row of data.
# EXPECTED: the words, on one line or two; pandoc's manual (readers, LaTeX) says that unknown commands are passed by.
# THE KIT:  stacks headings by \parbox, which survives: kit/exhibits/formats/latex.py; a test sends every table through pandoc.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "pypandoc-binary==1.17"
cat > "$place/show.py" <<'END'
import json

import pypandoc

def words(heading):
    table = rf"\begin{{tabular}}{{lr}} \hline {heading} \\ \hline akuntabilitas & 4 \\ \hline \end{{tabular}}"
    blocks = json.loads(pypandoc.convert_text(table, "json", "latex"))["blocks"]
    table = next(block["c"] for block in blocks if block["t"] == "Table")
    told = lambda part: [one["c"] for one in walk(part) if one["t"] == "Str"]
    return f"head {told(table[3])}, body {told(table[4])}"

def walk(part):
    if isinstance(part, dict):
        yield part if "t" in part else {"t": ""}
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from walk(one)

print("pandoc", pypandoc.get_pandoc_version())
print("shortstack:", words(r"\shortstack{konsep} & \shortstack{per\\1.000 kata}"))
print("parbox:", words(r"konsep & \parbox{2cm}{per 1.000 kata}"))
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="pandoc 3.9
shortstack: head [], body ['1.000', 'kata', 'akuntabilitas', '4']
parbox: head ['konsep', 'per', '1.000', 'kata'], body ['akuntabilitas', '4']"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
