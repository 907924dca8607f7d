#!/usr/bin/env bash
# SURPRISE: where a page states its time in UTC, as schema.org and Open Graph allow, trafilatura 2.3.1 (htmldate 1.11.0)
#           takes the day of UTC: what an Indonesian outlet published before 07:00 WIB is dated the day before, while the
#           same moment written with +07:00 is dated right, and the printed date on the page says otherwise.
# EXPECTED: one day for one moment. The documentation says "the date of publication" and nothing of zones
#           (https://htmldate.readthedocs.io, https://trafilatura.readthedocs.io).
# THE KIT:  reads the stamp itself and moves it to the project's zone: kit/reading/formats/web_page.py, kit/reading/dates.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "trafilatura==2.3.1" "htmldate==1.11.0" "lxml_html_clean==0.4.6"
cat > "$place/show.py" <<'END'
from importlib.metadata import version

import trafilatura

PAGE = """<html lang="id"><head><title>Layanan</title>
<meta property="article:published_time" content="{stamp}"></head>
<body><article><h1>Layanan</h1><p>Selasa, 6 Februari 2024 06:30 WIB</p><p>{text}</p></article></body></html>"""
TEXT = "Wali kota mengatakan pelayanan publik harus terbuka bagi semua warga kota. " * 8  # made up
print("trafilatura", version("trafilatura"), "htmldate", version("htmldate"))
for stamp in ("2024-02-05T23:30:00Z", "2024-02-05T23:30:00+00:00", "2024-02-06T06:30:00+07:00"):
    print(stamp, trafilatura.bare_extraction(PAGE.format(stamp=stamp, text=TEXT), with_metadata=True).date)
END
seen=$("$place/venv/bin/python" "$place/show.py")
echo "$seen"
expected="trafilatura 2.3.1 htmldate 1.11.0
2024-02-05T23:30:00Z 2024-02-05
2024-02-05T23:30:00+00:00 2024-02-05
2024-02-06T06:30:00+07:00 2024-02-06"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
