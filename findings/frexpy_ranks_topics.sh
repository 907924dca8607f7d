#!/usr/bin/env bash
# SURPRISE: frexpy 1.0.0 ranks topics where FREX ranks words: a word's place is counted among the topics, from 0, and divided by
#           the number of words. The word that is most frequent and most exclusive in its topic counts a quarter in place of 1,
#           and all scores fall as the vocabulary grows: those of two models cannot be compared.
# EXPECTED: 1 for such a word. Its docstring calls it "essentially a port" of stm's function, which ranks the words of each topic,
#           from 1 (https://github.com/bstewart/stm/blob/master/R/exclusivity.R: ranks down the columns of a matrix of words
#           by topics), after Bischof & Airoldi (2012, Summarizing topical content with word frequency and exclusivity).
# THE KIT:  has FREX by word, of ranks among the terms of a topic: kit/topics/models/ranking.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "frexpy==1.0.0" "numpy==2.4.6" "scipy==1.17.1"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

import numpy as np
from frexpy.frex import exclusivity
from scipy.stats import rankdata

print("frexpy", version("frexpy"))
topics = np.array([[0.6, 0.2, 0.15, 0.05], [0.05, 0.15, 0.2, 0.6]])  # two topics of four words, each the other reversed
exclusive = rankdata(topics / topics.sum(axis=0), axis=1) / 4
frequent = rankdata(topics, axis=1) / 4
frex = 1 / (0.7 / exclusive + 0.3 / frequent)
for first in 1, 4:  # a sum over the first words of a topic
    expected = -np.sort(-frex, axis=1)[:, :first].sum(axis=1)
    print(f"{first} words:", np.round(exclusivity(topics, top_words=first), 2), "by the definition", np.round(expected, 2))
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="frexpy 1.0.0
1 words: [0.25 0.25] by the definition [1. 1.]
4 words: [0.5 0.5] by the definition [2.5 2.5]"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
