"""What can go wrong while the kit sets itself up, in the user's words: the problem and the remedy, one line each."""

from __future__ import annotations

import errno
import re
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.build.lock import LOCK
from kit.errors import BuildError

LOG = ".kit/setup.log"
NO_SPACE = ("no space left on the disk", "free about 2 GB there, then run the same command again: it goes on from here")
READ_ONLY = (
    "a file or folder of the project cannot be written",
    "copy the project to a folder of your own, or make it writable, then run the same command again",
)
HELD = (
    "cannot be replaced: a program has it open, or it may not be written",
    "close what shows it (Excel, a PDF viewer) or make it writable, then run the same command again: it goes on",
)
_DOWNLOAD = f"--only-binary :all: --no-deps --require-hashes -r {LOCK}"
_FOLDER = (
    f"fill a folder elsewhere (python3 -m pip download {_DOWNLOAD} -d wheels) and run python3 make.py --wheels wheels"
)
_FULL = re.compile(
    r"No space left on device|Errno 28\b|os error 28\b|Disk quota exceeded|Errno 122\b|WinError 112\b|os error 112\b"
)
_WRONG = re.compile(
    r"Hash mismatch for `(?P<uv>[^`]+)`"
    r"|DO NOT MATCH THE HASHES(?:.*?\n\s+(?P<pip>\S+)[^\n]*:\n\s+Expected \S+ \S+)?",
    re.DOTALL,
)
_OFFLINE = re.compile(
    r"NewConnectionError|ConnectTimeoutError|ReadTimeoutError|NameResolutionError|ProxyError|ConnectionResetError"
    r"|ConnectionError|RemoteDisconnected|Max retries exceeded|Read timed out|Temporary failure in name resolution"
    r"|Connection refused|Network is unreachable"
)


def is_final(text: str, *, pip: bool) -> bool:
    """Tell whether pip would fail where pip, on one package, or uv has failed: uv may not know all ways to an index."""
    return bool(_FULL.search(text) or _WRONG.search(text) or (pip and _OFFLINE.search(text)))


def explain(text: str, *, wheels: Path | None = None) -> tuple[str, str]:
    r"""Say why pip or uv failed and what to do about it."""
    if _FULL.search(text):
        return NO_SPACE
    wrong = _WRONG.search(text)
    if wrong:
        package = wrong["pip"] or wrong["uv"] or "package"
        return (
            f"wrong hash: the {package} that {'uv' if wrong['uv'] else 'pip'} was given is not the one {LOCK} names",
            f"restore {LOCK} from git; if it is as in git, the file may have been tampered with: do not install it",
        )
    if re.search(r"[Hh]ashes are required in --require-hashes mode|have their versions pinned with ==", text):
        return f"{LOCK} has an entry without a version or a hash", f"restore {LOCK} from git, or python3 make.py lock"
    if re.search(r"CERTIFICATE_VERIFY_FAILED|certificate verify failed", text):
        return (
            "the certificate of the package index is not trusted on this machine",
            "set PIP_CERT to your organisation's certificate file, or " + _FOLDER,
        )
    missing = re.search(r"No matching distribution found for (\S+)", text)
    if missing and wheels is not None:
        return (
            f"the folder {wheels.name} has no wheel of {missing.group(1)} for {_machine()}",
            f"fill it on a machine like this one: python3 -m pip download {_DOWNLOAD} -d {wheels.name}",
        )
    if _OFFLINE.search(text):
        return "no network, or no answer from the package index", "try again with a network, or " + _FOLDER
    if missing and "(from versions: none)" in text:  # pip that may not retry keeps silent about the connection
        return (
            f"no network, or the package index has no wheel of {missing.group(1)} for {_machine()}",
            "try again with a network and a 64-bit Python 3.11 to 3.14, or " + _FOLDER,
        )
    if missing:
        return (
            f"the package index has no wheel of {missing.group(1)} for {_machine()}",
            "use a 64-bit Python 3.11 to 3.14 (python3.12 make.py, say); on a mirror, ask for that version",
        )
    if re.search(r"Permission denied|Read-only file system|Errno 13\b|Errno 30\b|WinError 5\b", text):
        return READ_ONLY
    errors = re.findall(r"^ERROR: (.+)$", text, re.MULTILINE) or text.strip().splitlines() or ["it wrote nothing"]
    return f"pip failed: {errors[-1].strip()}", f"see {LOG}; running the same command again goes on from here"


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the system's refusal to write into an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            problem, remedy = NO_SPACE
        elif isinstance(error, PermissionError) and error.filename2:  # Windows replaces no file that is open
            problem, remedy = HELD
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            problem, remedy = READ_ONLY
        else:
            raise
        raise BuildError(problem, place=str(error.filename2 or error.filename or ""), remedy=remedy) from error


def _machine() -> str:
    """Name this Python and system as wheels do."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor} on {sysconfig.get_platform()}"
