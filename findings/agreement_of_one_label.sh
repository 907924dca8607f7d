#!/usr/bin/env bash
# SURPRISE: nltk 3.10 calls agreement perfect (alpha, kappa and pi are 1) where all coders used one label, and fails with
#           a division by zero where each item was coded once; krippendorff 0.9 refuses both.
# EXPECTED: undefined. Krippendorff (2011, Computing Krippendorff's Alpha-Reliability, section A) divides by the expected
#           disagreement, which is 0 without variation: there is nothing that agreement could be told from.
# THE KIT:  gives no number and says why (reason one-label or coded-once): kit/validity/agreement/coefficients.py, scores.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "nltk==3.10.0" "krippendorff==0.9.0" "numpy==2.4.0"
cat > "$place/show.py" <<'END'
import krippendorff
import nltk
import numpy as np
from nltk.metrics.agreement import AnnotationTask

def attempt(name, call):
    try:
        print(name, float(call()))
    except (ValueError, ZeroDivisionError) as error:
        print(name, type(error).__name__, error)

print("nltk", nltk.__version__)
one = AnnotationTask([(coder, item, "yes") for coder in ("ani", "budi") for item in (1, 2)])
for name in ("alpha", "kappa", "pi"):
    attempt(f"one label, nltk {name}:", getattr(one, name))
attempt("one label, krippendorff:", lambda: krippendorff.alpha(np.ones((2, 2)), level_of_measurement="nominal"))
once = AnnotationTask([("ani", 1, "yes"), ("budi", 2, "no")])
attempt("coded once, nltk alpha:", once.alpha)
data = np.array([[1, np.nan], [np.nan, 2]])
attempt("coded once, krippendorff:", lambda: krippendorff.alpha(data, level_of_measurement="nominal"))
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected='nltk 3.10.0
one label, nltk alpha: 1.0
one label, nltk kappa: 1.0
one label, nltk pi: 1.0
one label, krippendorff: ValueError There has to be more than one value in the domain.
coded once, nltk alpha: ZeroDivisionError float division by zero
coded once, krippendorff: ValueError There has to be at least one unit with values assigned by at least two coders.'
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
