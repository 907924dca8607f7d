#!/usr/bin/env bash
# SURPRISE: dateparser 1.5.0 reads the date of Indonesian news day first when it parses it, and month first when it finds
#           it in a sentence: Jumat (5/6/2020) is 5 June, a Friday, by parse and 6 May, a Wednesday, by search_dates, both
#           told languages=["id"]; so for French and Spanish. And Jum'at, the usual other spelling of Jumat, is no day.
# EXPECTED: the order of the language in both: PREFER_LOCALE_DATE_ORDER "defaults to True. Most languages have a default
#           DATE_ORDER specified for them" (https://dateparser.readthedocs.io/en/latest/settings.html). With
#           settings={"DATE_ORDER": "DMY"} search_dates reads as parse does.
# THE KIT:  reads dates by its own rules, day first unless the reader says otherwise, with both spellings, and refuses a
#           weekday that is not the date's: kit/reading/dates.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "dateparser==1.5.0"
seen=$("$place/venv/bin/python" -W ignore - <<'END'
import dateparser
from dateparser.search import search_dates

print("dateparser", dateparser.__version__)
for language, words in ("id", "Rapat digelar Jumat (5/6/2020)."), ("fr", "La séance du 5/6/2020 est levée."):
    parsed = dateparser.parse("5/6/2020", languages=[language])
    print(language, parsed.date(), [when.date().isoformat() for _, when in search_dates(words, languages=[language])])
for words in "Jumat, 5 Juni 2020", "Jum'at, 5 Juni 2020", "Ahad, 7 Juni 2020":
    print(words, "->", dateparser.parse(words, languages=["id"]))
END
)
echo "$seen"
expected="dateparser 1.5.0
id 2020-06-05 ['2020-05-06']
fr 2020-06-05 ['2020-05-06']
Jumat, 5 Juni 2020 -> 2020-06-05 00:00:00
Jum'at, 5 Juni 2020 -> None
Ahad, 7 Juni 2020 -> 2020-06-07 00:00:00"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
