#!/usr/bin/env bash
# SURPRISE: the Indonesian stop list of stopwordsiso 0.7.1 (758 words) deletes half of *tanggung jawab* (responsibility), and
#           the commonest words of duty and denial (not *wajib*): with it "officials must serve and must not ask to be
#           served" and "officials need not serve but want to be served" are the same three words.
# EXPECTED: words without a meaning of their own. scikit-learn 1.9's guide (text feature extraction, "Using stop words")
#           says that they are "presumed to be uninformative", and warns of lists in general, not of what this one does.
# THE KIT:  has a list of its own, of closed classes only, which may not hold words of modality, negation and agency:
#           kit/language/stopwords.py, with the words and their classes in kit/lexicon/data/function_words.csv.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "stopwordsiso==0.7.1" "scikit-learn==1.9.0"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

import stopwordsiso
from sklearn.feature_extraction.text import CountVectorizer

print("stopwordsiso", version("stopwordsiso"), "scikit-learn", version("scikit-learn"))
words = stopwordsiso.stopwords("id")
print(len(words), "words;", *(f"{word}: {'out' if word in words else 'kept'}" for word in ("jawab", "harus", "wajib")))
cut = CountVectorizer(stop_words=sorted(words)).build_analyzer()
for text in (
    "Pejabat harus melayani, jangan minta dilayani.",
    "Pejabat tidak perlu melayani, tetapi ingin dilayani.",
    "Ini tanggung jawab kepala daerah.",
):
    print(cut(text))
END
seen=$("$place/venv/bin/python" -W ignore "$place/show.py")
echo "$seen"
expected="stopwordsiso 0.7.1 scikit-learn 1.9.0
758 words; jawab: out harus: out wajib: kept
['pejabat', 'melayani', 'dilayani']
['pejabat', 'melayani', 'dilayani']
['tanggung', 'kepala', 'daerah']"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
