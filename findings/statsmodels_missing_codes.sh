#!/usr/bin/env bash
# SURPRISE: statsmodels 0.15.0 takes "not coded" for a code of its own: where some coders left items out, `aggregate_raters`
#           counts NaN (or "", or None written as a word) as one more category, and `fleiss_kappa` reports coders who agree
#           as coders who do not: .11 in place of .50 and more, without a warning.
# EXPECTED: missing codes left out, or an error. The documentation says that data hold "category assignment", that codes are
#           made integers, and nothing of missing ones
#           (https://www.statsmodels.org/stable/generated/statsmodels.stats.inter_rater.aggregate_raters.html). Left out by
#           hand, the same table is refused: `fleiss_kappa` asserts that each item was coded equally often. So whoever meets
#           the refusal and fills the gaps gets the wrong number. Krippendorff's alpha is made for gaps.
# THE KIT:  leaves out what was not coded, by item, and says how many items were coded twice: kit/validity/agreement/coefficients.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "statsmodels==0.15.0" "pandas==2.3.3" "numpy==2.2.6" "scipy==1.15.3" "krippendorff==0.9.0"
cat > "$place/show.py" <<'END'
import krippendorff
import numpy as np
import statsmodels
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

print("statsmodels", statsmodels.__version__)
codes = np.array([[1, 1, 1], [2, 2, 2], [1, 1, 2], [2, 2, 2], [1, 1, 1], [1, 2, 1]], dtype=float)  # six items, three coders
gaps = codes.copy()
gaps[[0, 3, 4], [2, 0, 1]] = np.nan  # three of eighteen codes are not there; those left agree as before
for name, data in ("all coded", codes), ("three left out", gaps):
    counts, categories = aggregate_raters(data)
    alpha = krippendorff.alpha(data.T, level_of_measurement="nominal")
    print(f"{name}: categories {categories.tolist()}, kappa {fleiss_kappa(counts):.2f}; krippendorff {alpha:.2f}")
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="statsmodels 0.15.0
all coded: categories [1.0, 2.0], kappa 0.55; krippendorff 0.57
three left out: categories [1.0, 2.0, nan], kappa 0.11; krippendorff 0.50"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
