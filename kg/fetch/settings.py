"""How pages are fetched."""

from __future__ import annotations

from dataclasses import dataclass

import kg

AGENT = f"diplomatic-kg/{kg.__version__}"
MEGABYTE = 2**20
EVERYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """``agent`` is what we call ourselves, ``delay`` the seconds between two requests to a host, ``seconds`` how long
    one may take in all, ``size`` the bytes of an answer, ``most`` how many pages are asked for, ``redirects`` how
    often one may lead elsewhere, ``allowed`` the networks that are fetched from although they are private."""

    agent: str = AGENT
    delay: float = 1.0
    seconds: float = 30.0
    size: int = 16 * MEGABYTE
    most: int = 1000
    redirects: int = 5
    allowed: tuple[str, ...] = ()
