#!/usr/bin/env bash
# SURPRISE: conc 0.1.13 asked for negative keywords too (exclude_negative_keywords=False) leaves out those that do not stand in
#           the target at all, thus the strongest: where news of one outlet never says pajak (tax), 50 times in the other's,
#           its keywords have desa (30 against 10), and not pajak.
# EXPECTED: pajak, with the most negative log ratio: "whether to exclude negative keywords from the report"
#           (docstring; https://geoffford.nz/conc/), and a frequency of 0 is taken as half an occurrence on either side, so that
#           the number is there. Ask the other way round too, with target and reference swapped, and read both lists.
# THE KIT:  compares all words that one side or the other has: kit/measures/keyness/keyness.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "conc==0.1.13" "spacy==3.8.18" "polars==1.31.0" "pandas==2.3.3"
cat > "$place/show.py" <<'END'
import csv
import sys
from importlib.metadata import version
from pathlib import Path

import spacy
from conc.corpus import Corpus
from conc.keyness import Keyness
from spacy.language import Language

@Language.component("nothing")  # conc switches these parts of a model off, but wants them to be there
def nothing(doc):
    return doc

place = Path(sys.argv[1])
model = spacy.blank("id")
for part in "parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler":
    model.add_pipe("nothing", name=part)
model.to_disk(place / "model")
texts = {  # made up
    "harian": ["Warga menerima layanan."] * 20 + ["Pejabat melayani warga desa."] * 10,
    "koran": ["Warga menolak pajak."] * 20 + ["Pejabat memungut pajak desa."] * 30,
}
corpora = []
for name, rows in texts.items():
    with (place / f"{name}.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["text"], *([row] for row in rows)])
    corpus = Corpus(name=name, description=name)
    corpora.append(corpus.build_from_csv(str(place / f"{name}.csv"), f"{place}/", model=str(place / "model")))
print("conc", version("conc"))
found = Keyness(*corpora).keywords(exclude_negative_keywords=False, page_size=0).to_frame()
for word, here, there, ratio in sorted(found.select("token", "frequency", "frequency_reference", "log_ratio").rows()):
    print(word, here, there, f"{ratio:.2f}")
END
seen=$("$place/venv/bin/python" "$place/show.py" "$place" 2> /dev/null)
echo "$seen"
expected="conc 0.1.13
desa 10 30 -0.74
layanan 20 0 6.17
melayani 10 0 5.17
menerima 20 0 6.17
pejabat 10 30 -0.74
warga 30 20 1.43"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
