#!/usr/bin/env bash
# SURPRISE: gensim 4.4.0 loses a topic's word where the text says it twice: a window that holds pajak (tax) two times and moves
#           past the first counts as one without pajak. So c_npmi, c_uci and c_v, and with them the number of topics that is
#           chosen by them, fall for the words that news repeats: two words that meet are said never to meet.
# EXPECTED: that a window holds a word while the word stands in it. "Boolean sliding window" is from Röder, Both & Hinneburg
#           (2015, Exploring the space of topic coherence measures, section 3.2), whom gensim names as its source
#           (https://radimrehurek.com/gensim/models/coherencemodel.html); a word is there or not.
# THE KIT:  counts windows by itself, and as gensim does only where asked to (repeats="gensim"), to compare:
#           kit/topics/coherence/cooccurrence.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "gensim==4.4.0" "numpy==2.4.6" "scipy==1.17.1"
cat > "$place/show.py" <<'END'
import gensim
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel
from gensim.topic_coherence.text_analysis import WordOccurrenceAccumulator

print("gensim", gensim.__version__)
for text in "pajak itu pajak yang naik lagi".split(), "pajak itu iuran yang naik lagi".split(), "itu juga pajak yang naik lagi".split():
    known = Dictionary([text])
    windows = [text[start : start + 3] for start in range(len(text) - 2)]
    pajak, naik = (known.token2id[word] for word in ("pajak", "naik"))
    counted = WordOccurrenceAccumulator({pajak, naik}, known)
    counted.accumulate([text], 3)
    model = CoherenceModel(topics=[["pajak", "naik"]], texts=[text], dictionary=known, coherence="c_npmi", window_size=3, processes=1)
    print(" ".join(text))
    print("  windows with pajak:", sum("pajak" in one for one in windows), "gensim:", counted[pajak])
    print("  with pajak and naik:", sum({"pajak", "naik"} <= set(one) for one in windows), "gensim:", counted[pajak, naik])
    print(f"  c_npmi {model.get_coherence():.2f}")
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="gensim 4.4.0
pajak itu pajak yang naik lagi
  windows with pajak: 3 gensim: 1
  with pajak and naik: 1 gensim: 0
  c_npmi -0.92
pajak itu iuran yang naik lagi
  windows with pajak: 1 gensim: 1
  with pajak and naik: 0 gensim: 0
  c_npmi -0.92
itu juga pajak yang naik lagi
  windows with pajak: 3 gensim: 3
  with pajak and naik: 1 gensim: 1
  c_npmi -0.29"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
