"""What pip was told of package indexes on this machine, in the words of uv, which reads no settings of pip's."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

from kit.build.process import clean_environment

_CACHE = "UV_CACHE_DIR"  # the one setting of uv's own that is heeded: it leads to no other packages
_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "keyring-provider": "UV_KEYRING_PROVIDER",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
}
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # certificates that pip takes where it has no setting for them


def pip_settings(python: Path) -> dict[str, str]:
    """Return what the pip of a python takes from its files and the environment when it installs, by name of option.

    It is asked without a log: an address may hold a password.
    """
    command = [str(python), "-I", "-X", "utf8", "-m", "pip", "config", "list"]
    told = subprocess.run(
        command, env=clean_environment(), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}  # the later one outranks
    for line in told.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.partition(".")
        text = str(ast.literal_eval(value)) if section in found else ""
        if text:
            found[section][name] = text
    return found["global"] | found["install"] | found[":env:"]


def uv_environment(settings: dict[str, str], cache: Path) -> dict[str, str]:
    """Return an environment in which uv asks what pip asks, by the same way, whatever uv itself was told elsewhere."""
    env = {
        name: value
        for name, value in clean_environment().items()
        if name.upper() == _CACHE or not name.upper().startswith("UV_")
    }
    if not env.get(_CACHE):
        env |= {_CACHE: str(cache), "UV_LINK_MODE": "hardlink"}  # it is removed, and what is installed stays
    # Versions are exact and hashes checked: like pip, take a package from whichever index has it
    env |= {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1", "UV_NO_PROGRESS": "1"}
    env |= {"UV_PYTHON_DOWNLOADS": "never"}
    bundle = next(filter(None, map(env.get, _BUNDLES)), "")
    if bundle:
        env["SSL_CERT_FILE"] = bundle
    if "cert" not in settings and not env.get("SSL_CERT_FILE"):
        env["UV_SYSTEM_CERTS"] = "1"  # as pip does
    for name, value in settings.items():
        if name == "proxy":
            address = value if "://" in value else f"http://{value}"
            env |= {either: address for each in _PROXIES for either in (each, each.lower())}
        elif name in _NAMES:
            env[_NAMES[name]] = (",".join if name == "find-links" else " ".join)(value.split())
    return env


def without_index(settings: dict[str, str]) -> bool:
    """Tell whether pip was told to ask no index."""
    return settings.get("no-index", "").lower() in {"1", "true", "t", "yes", "y", "on"}
