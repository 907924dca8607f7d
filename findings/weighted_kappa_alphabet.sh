#!/usr/bin/env bash
# SURPRISE: scikit-learn 1.9.1 and irrCAC 0.4.4 weigh disagreement on a scale in words by the alphabet: of kurang, cukup, baik
#           (poor, fair, good) they make baik, cukup, kurang, which is right by luck, and of rendah, sedang, tinggi too; but of
#           buruk, sedang, baik (bad, middling, good) they make baik, buruk, sedang, so that bad and good are neighbours. A
#           weighted kappa of .89 becomes .50, without a word.
# EXPECTED: the order asked for, or a refusal, as krippendorff 0.9.0 gives: "an ordered value_domain is required". scikit-learn
#           says "If None, all labels that appear at least once in y1 or y2 are used" and "linear weighting"
#           (https://scikit-learn.org/stable/modules/generated/sklearn.metrics.cohen_kappa_score.html), irrCAC that
#           `categories` is "optional", useful for ratings that were not used (https://irrcac.readthedocs.io); neither says
#           that weights go by alphabet. Give the order: `labels=`, `categories=`.
# THE KIT:  has no weighted coefficient: codes are names here, compared as equal or not, or as sets (MASI):
#           kit/validity/agreement/coefficients.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "scikit-learn==1.9.1" "numpy==2.4.6"
python3 -m venv "$place/other"
"$place/other/bin/pip" install --quiet "irrCAC==0.4.4" "krippendorff==0.9.0"
cat > "$place/show.py" <<'END'
import sys
from importlib.metadata import version

ani = ["buruk", "sedang", "baik", "buruk", "baik", "sedang"]
budi = ["buruk", "baik", "baik", "buruk", "baik", "sedang"]
order = ["buruk", "sedang", "baik"]  # bad, middling, good
if sys.argv[1] == "kappa":
    from sklearn.metrics import cohen_kappa_score

    print("scikit-learn", version("scikit-learn"))
    for labels in None, order:
        print(labels or "no order", round(cohen_kappa_score(ani, budi, weights="quadratic", labels=labels), 2))
else:
    import krippendorff
    import pandas as pd
    from irrCAC.raw import CAC

    print("irrCAC", version("irrCAC"))
    for categories in None, order:
        codes = CAC(pd.DataFrame({"ani": ani, "budi": budi}), weights="quadratic", categories=categories)
        print(codes.categories, round(float(codes.krippendorff()["est"]["coefficient_value"]), 2))
    try:
        krippendorff.alpha([ani, budi], level_of_measurement="ordinal")
    except ValueError as error:
        print("krippendorff", version("krippendorff"), "ValueError", error)
END
seen=$("$place/venv/bin/python" "$place/show.py" kappa; "$place/other/bin/python" "$place/show.py" alpha)
echo "$seen"
expected="scikit-learn 1.9.1
no order 0.5
['buruk', 'sedang', 'baik'] 0.89
irrCAC 0.4.4
['baik', 'buruk', 'sedang'] 0.52
['buruk', 'sedang', 'baik'] 0.9
krippendorff 0.9.0 ValueError When using strings, an ordered value_domain is required for level_of_measurement other than 'nominal'."
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
