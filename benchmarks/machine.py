"""What was measured, and on what."""

from __future__ import annotations

import importlib
import os
import platform
from importlib.metadata import version
from pathlib import Path

from extractor import __version__


def machine() -> str:
    """Python, processor and cores, in a sentence."""
    return f"Python {platform.python_version()}, {_processor()}, {os.cpu_count()} cores, {platform.system()}."


def load_average() -> str:
    """How busy the machine is just now, in a sentence; empty where the system does not tell."""
    try:
        return f"Load average before the run: {os.getloadavg()[0]:.1f}."
    except (AttributeError, OSError):
        return ""


def build() -> str:
    """Our version, spaCy's, and whether our modules are compiled, in a sentence."""
    compiled = not (importlib.import_module("extractor.language.tokens").__file__ or "").endswith(".py")
    how = "page and language rooms compiled by mypyc" if compiled else "plain Python, not compiled"
    return f"Warta {__version__} ({how}), spaCy {version('spacy')}."


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return model or platform.processor() or platform.machine()
