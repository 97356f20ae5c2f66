"""Packages that only some formats need."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from kg.errors import ReadError


def load_extra(module: str, extra: str, where: str) -> Any:
    """The module. Raises ReadError that says how to install it."""
    logging.getLogger(module.partition(".")[0]).setLevel(logging.CRITICAL)  # what is wrong comes up as a ReadError
    try:
        return import_module(module)
    except ImportError:
        raise ReadError(where, f"to read it, install: pip install 'diplomatic-kg[{extra}]'") from None
