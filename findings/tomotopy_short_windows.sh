#!/usr/bin/env bash
# SURPRISE: tomotopy 0.14.0 counts coherence in windows that lack their first word: a window of 5 holds 4 words, so that two words 4
#           apart are said never to meet, and the first word of a document stands in no window at all; where news opens with
#           pajak (tax), what stands beside it there does not count.
# EXPECTED: windows of as many words as asked for, all words in one: "A window size for SLIDING_WINDOWS", after Röder, Both &
#           Hinneburg (2015, Exploring the space of topic coherence measures), who are named as the source
#           (https://bab2min.github.io/tomotopy/v0.14.0/en/coherence.html). One word more than is wanted
#           mends the length, not the first word.
# THE KIT:  counts windows of all their words, and documents where none are asked for: kit/topics/coherence/cooccurrence.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "tomotopy==0.14.0" "numpy==2.4.6"
cat > "$place/show.py" <<'END'
from importlib.metadata import version
from math import log

from tomotopy.coherence import Coherence
from tomotopy.utils import Corpus

PAIR = ["pajak", "naik"]

def npmi(windows):
    one, other, both = (sum(words <= window for window in windows) / len(windows) for words in ({PAIR[0]}, {PAIR[1]}, set(PAIR)))
    return log((both + 1e-12) / (one * other)) / -log(both + 1e-12)

print("tomotopy", version("tomotopy"))
for first, second in (20, 23), (20, 24), (20, 26), (0, 1):
    text = ["kata"] * 40
    text[first], text[second] = PAIR
    corpus = Corpus()
    corpus.add_doc(text)
    score = Coherence(corpus, coherence="c_npmi", window_size=5, targets=PAIR).get_score(words=PAIR)
    by_hand = npmi([set(text[start : start + 5]) for start in range(36)])
    print(f"words {first} and {second} of 40, windows of 5: {score:.2f}, by hand {by_hand:.2f}")
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="tomotopy 0.14.0
words 20 and 23 of 40, windows of 5: 0.23, by hand 0.37
words 20 and 24 of 40, windows of 5: -0.84, by hand 0.10
words 20 and 26 of 40, windows of 5: -0.84, by hand -0.86
words 0 and 1 of 40, windows of 5: 0.00, by hand 0.81"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
