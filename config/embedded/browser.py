"""Which Chromium the browser tests use: the machine's, one that apt installs, or Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
OWN = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"


def find() -> tuple[str | None, str]:
    """The program and ""; or None and the reason why there is none."""
    given = os.environ.get("TOTALITY_CHROMIUM", "")
    if given:
        return (
            (given, "") if works(given) else (None, f"TOTALITY_CHROMIUM names {given}, which does not start")
        )
    reasons = ["no Chromium is installed"]
    found = _of_the_machine()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("make: installing Chromium with apt-get", flush=True)
        reasons.append(_apt())
        found = _of_the_machine()
    if found is None:
        found = _playwright(install=False)
    if found is None:
        print("make: installing Playwright's Chromium", flush=True)
        found = _playwright(install=True)
        reasons.append("Playwright could not download its own")
    return (found, "") if found else (None, "; ".join(reason for reason in reasons if reason))


def works(program: str) -> bool:
    """Whether it starts at all: some distributions install a program that only asks for another package."""
    try:
        tried = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def _of_the_machine() -> str | None:
    for name in NAMES:
        program = shutil.which(name)
        if program and works(program):
            return program
    return None


def _apt() -> str:
    """Try apt-get; the reason when it failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        try:
            done = subprocess.run(
                ["apt-get", "-q", *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "apt-get took more than 10 minutes"
        if done.returncode != 0:
            return f"apt-get {arguments[0]} failed ({' '.join(done.stderr.split())[-200:]})"
    return ""


def _playwright(*, install: bool) -> str | None:
    try:
        if install:
            subprocess.run(
                [sys.executable, "-m", "playwright", "install", "chromium"],
                capture_output=True,
                timeout=300,
                check=False,
            )
        asked = subprocess.run(
            [sys.executable, "-c", OWN], capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    program = asked.stdout.strip()
    return program if program and works(program) else None
