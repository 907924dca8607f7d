#!/usr/bin/env bash
# SURPRISE: liwc 0.5.0 gives a word the categories of the shortest wildcard that it meets, and no others: where a dictionary
#           has pelayan* (servant) and pelayanan (service), or hukum* (law) and hukuman (punishment), the second never
#           counts, and no warning says so. Indonesian entries need wildcards (-nya), and nouns in -an go on from them.
# EXPECTED: all categories, or those of the entry that says most. Its README: `parse` "is a function from a token of text (a
#           string) to a list of matching LIWC categories" (https://github.com/chbrown/liwc-python).
# THE KIT:  reads the same .dic file with every entry, and counts a word for each concept that has it:
#           kit/codebook/exchange/liwc.py, kit/codebook/matching.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "liwc==0.5.0"
cat > "$place/show.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

import liwc

print("liwc", version("liwc"))
file = Path(sys.argv[1])
head = "%\n1\tservant\n2\tservice\n3\tlaw\n4\tpunishment\n%\n"
for entries, word in (
    ("pelayanan\t2\n", "pelayanan"),
    ("pelayan*\t1\npelayanan\t2\n", "pelayanan"),
    ("hukuman\t4\nhukum*\t3\n", "hukuman"),
):
    file.write_text(head + entries)
    parse, _ = liwc.load_token_parser(file)
    print(entries.split(), word, list(parse(word)))
END
seen=$("$place/venv/bin/python" "$place/show.py" "$place/own.dic")
echo "$seen"
expected="liwc 0.5.0
['pelayanan', '2'] pelayanan ['service']
['pelayan*', '1', 'pelayanan', '2'] pelayanan ['servant']
['hukuman', '4', 'hukum*', '3'] hukuman ['law']"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
