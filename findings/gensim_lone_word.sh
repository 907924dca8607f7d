#!/usr/bin/env bash
# SURPRISE: gensim 4.4.0 gives a topic the best coherence there is, c_v = 1, where only one of its words is in the dictionary:
#           the others are dropped without a word, and what is left agrees with itself. So terms of two words (layanan publik),
#           which texts of single words do not have, raise the coherence of a model, the more of them it has.
# EXPECTED: a missing number, as c_npmi gives (nan), or an error, as for a topic with no known word. The documentation says
#           "topics: List of tokenized topics ... dictionary should be provided", nothing of words that are not in it
#           (https://radimrehurek.com/gensim/models/coherencemodel.html). Ask first which words of a topic the dictionary has.
# THE KIT:  takes the terms that were fitted, whatever their length, counts the same units, and has no C_V:
#           kit/topics/coherence/coherence.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "gensim==4.4.0" "numpy==2.4.6" "scipy==1.17.1"
cat > "$place/show.py" <<'END'
import warnings

import gensim
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel

warnings.simplefilter("ignore", RuntimeWarning)  # of c_npmi: "Mean of empty slice"
print("gensim", gensim.__version__)
texts = [text.split() for text in (  # made up
    "warga menerima layanan publik gratis", "layanan publik belum memuaskan warga", "pajak daerah naik lagi",
    "dewan membahas pajak daerah", "warga menolak pajak", "bupati membuka jalan desa", "jalan desa rusak lagi",
)]
for topic in (
    ["layanan", "publik", "warga", "pajak"],
    ["layanan publik", "warga", "pajak"],
    ["layanan publik", "pajak daerah", "warga"],
):
    scores = [
        CoherenceModel(topics=[topic], texts=texts, dictionary=Dictionary(texts), coherence=name, processes=1).get_coherence()
        for name in ("c_v", "c_npmi")
    ]
    print(topic, *(f"{score:.2f}" for score in scores))
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="gensim 4.4.0
['layanan', 'publik', 'warga', 'pajak'] 0.52 0.06
['layanan publik', 'warga', 'pajak'] 0.61 -0.13
['layanan publik', 'pajak daerah', 'warga'] 1.00 nan"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
