#!/usr/bin/env bash
# SURPRISE: two readers of web archives give one record two addresses: where WARC-Target-URI stands in angle brackets, as
#           wget 1.19.4 and later write it, FastWARC 2.0.1 keeps the brackets, warcio 1.8.1 takes them off.
# EXPECTED: the address alone, and the same from both: the brackets are no part of the URI ("WARC-Target-URI" and "uri" in the
#           grammar of WARC 1.0, section 5.12, https://iipc.github.io/warc-specifications/).
# THE KIT:  reads archives with warcio, so that the address of an article has no brackets: kit/reading/formats/web_archive.py.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "warcio==1.8.1" "FastWARC==2.0.1"
seen=$("$place/venv/bin/python" - <<'END'
import io
from importlib.metadata import version

from fastwarc.warc import ArchiveIterator as Fast
from warcio.archiveiterator import ArchiveIterator

body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Berita</p>"
head = [
    b"WARC/1.0", b"WARC-Type: response", b"WARC-Record-ID: <urn:uuid:12345678-1234-4123-8123-123456789012>",
    b"WARC-Date: 2021-01-01T00:00:00Z", b"WARC-Target-URI: <https://berita.example/a>",
    b"Content-Type: application/http;msgtype=response", b"Content-Length: %d" % len(body),
]
archive = b"\r\n".join(head) + b"\r\n\r\n" + body + b"\r\n\r\n"
print("warcio", version("warcio"), [r.rec_headers["WARC-Target-URI"] for r in ArchiveIterator(io.BytesIO(archive))])
print("FastWARC", version("FastWARC"), [r.headers["WARC-Target-URI"] for r in Fast(io.BytesIO(archive))])
END
)
echo "$seen"
expected="warcio 1.8.1 ['https://berita.example/a']
FastWARC 2.0.1 ['<https://berita.example/a>']"
[ "$seen" = "$expected" ] || { echo "CHANGED: it was"; echo "$expected"; exit 1; }
