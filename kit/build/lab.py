"""The target ``lab``: JupyterLab on the project, its notebooks first, for this machine's user alone."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from kit.build import process

_LOOKS = 0.2  # seconds between two looks whether the server is up
_TOLD = 30  # lines of the log that are shown where the server does not start
# A kernel's own name for Python states its version; a notebook that is opened would be marked as changed for that alone
_KERNEL = {"IPKernelApp": {"exec_lines": ["get_ipython().kernel.language_info = {'name': 'python'}"]}}
_QUIET = {"fetchNews": "false", "checkForUpdates": False}


def lab(root: Path, python: str, env: dict[str, str], arguments: Sequence[str]) -> int:
    """Run JupyterLab with the kernel of .venv and settings of its own; say its address, and keep its log in a file."""
    parser = argparse.ArgumentParser(prog="make.py lab", usage="python3 make.py lab [--no-browser] [--port N]")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, help="port on 127.0.0.1; the next free one from 8888 on if left out")
    options = parser.parse_args(arguments)
    home = root / ".kit" / "jupyter"
    _set(home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings", _QUIET)
    _set(home / "ipython" / "profile_default" / "ipython_kernel_config.json", _KERNEL)
    token = secrets.token_hex(24)
    env = {name: value for name, value in env.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    env |= {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
    env |= {f"JUPYTERLAB_{name.upper()}_DIR": str(home / name) for name in ("settings", "workspaces")}
    env |= {"IPYTHONDIR": str(home / "ipython"), "JUPYTER_TOKEN": token}
    command = [python, "-m", "jupyterlab", "--ip=127.0.0.1", f"--ServerApp.root_dir={root}", "-y"]
    command.append("--FileContentsManager.preferred_dir=notebooks")
    command += ["--KernelSpecManager.allowed_kernelspecs={'python3'}", "--LabApp.news_url="]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--LabApp.extension_manager=readonly"]
    if options.no_browser:
        command.append("--no-browser")
    if options.port is not None:
        command += [f"--port={options.port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "getuid") and os.getuid() == 0:
        command.append("--allow-root")
    log = home / "lab.log"
    ended, answered = threading.Event(), threading.Event()
    watch = threading.Thread(target=_announce, args=(home / "runtime", token, ended, answered), daemon=True)
    with log.open("w", encoding="utf-8", newline="\n") as output:
        watch.start()
        try:
            code = process.run_to_end(command, root=root, env=env, output=output)
        finally:
            ended.set()
            watch.join()
    if not answered.is_set():
        print("\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TOLD:]))
    return code


def _announce(runtime: Path, token: str, ended: threading.Event, answered: threading.Event) -> None:
    """Print the address in one line as soon as the server answers at it."""
    while not ended.wait(_LOOKS):
        for file in runtime.glob("jpserver-*.json"):
            try:
                server = json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue  # being written
            if server.get("token") == token:
                print(f"JupyterLab: {server['url']}lab?token={token} (Ctrl-C ends it)", flush=True)
                answered.set()
                return


def _set(file: Path, content: object) -> None:
    """Write a file of settings unless the user has one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_text(json.dumps(content) + "\n", encoding="utf-8", newline="\n")
