#!/usr/bin/env bash
# SURPRISE: trafilatura 2.3.1 (htmldate 1.11.0) dates a page that states no date by a year in its text: news that cites Law 23 of
#           2014 was published on 1 January 2014, news of the budget of 2022 on 1 January 2022, news of the coming election of
#           2024 on 1 January 2024. In a study of laws and budgets these heap up in January, years off.
# EXPECTED: no date. The documentation says "the date of publication"; that the text is searched "opportunistically" is said of
#           htmldate's extensive_search, which trafilatura has on, and not that a bare year becomes a day
#           (https://htmldate.readthedocs.io/en/latest/core.html, https://trafilatura.readthedocs.io/en/latest/corefunctions.html).
#           date_extraction_params={"extensive_search": False} leaves such pages without a date.
# THE KIT:  takes the date that a page states of itself, and leaves it empty where none is stated: kit/reading/formats/web_page.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "trafilatura==2.3.1" "htmldate==1.11.0" "lxml-html-clean==0.4.6"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

import trafilatura

print("trafilatura", version("trafilatura"), "htmldate", version("htmldate"))
page = """<html lang="id"><head><title>Kepala dinas melayani warga</title></head><body><article>
<h1>Kepala dinas melayani warga</h1>
<p>Kepala dinas mengatakan bahwa warga dapat mengurus surat tanah di kantor desa tanpa biaya tambahan apa pun.</p>
<p>Warga menyambut baik layanan itu karena selama ini mereka harus pergi ke kota untuk mengurus surat.</p>
<p>{}</p></article></body></html>"""  # made up
for last in (
    "Layanan itu diatur dalam Undang-Undang Nomor 23 Tahun 2014.",
    "Biaya layanan diambil dari APBD 2022.",
    "Layanan itu akan ditinjau lagi sebelum Pilkada 2024.",
    "Layanan itu akan ditinjau lagi tahun depan.",
):
    html = page.format(last)
    careful = trafilatura.bare_extraction(html, with_metadata=True, date_extraction_params={"extensive_search": False})
    print(last, trafilatura.bare_extraction(html, with_metadata=True).date, careful.date)
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="trafilatura 2.3.1 htmldate 1.11.0
Layanan itu diatur dalam Undang-Undang Nomor 23 Tahun 2014. 2014-01-01 None
Biaya layanan diambil dari APBD 2022. 2022-01-01 None
Layanan itu akan ditinjau lagi sebelum Pilkada 2024. 2024-01-01 None
Layanan itu akan ditinjau lagi tahun depan. None None"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
