"""Tokens are razdel's, to the letter, whatever the text."""

from __future__ import annotations

import pytest
import razdel
from hypothesis import given
from hypothesis import strategies as st

from kg.text.atoms import find_tokens

TRICKY = st.text(alphabet="абвЯё АБyahoo!:;=)(]-–—_.,…?/\\0123«»\"'№%*ΔσΩ🙂 \n\t\u00a0\u2028@^`~|", max_size=60)


def razdel_tokens(text: str) -> list[tuple[int, str]]:
    return [(token.start, token.text) for token in razdel.tokenize(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Премьер-министр РФ М. В. Мишустин 14.07.2025 прибыл в г. Чолпон-Ату...",
        "кто -то и кто- то, 1/2, 3,5%, 10 000, snake_case, Yahoo! и yahoo!!! :-)",
        "«Визит», — сказал он?! mβж ΔP ** --",
        "",
        " \n ",
    ],
)
def test_tokens_are_those_of_razdel(text: str) -> None:
    assert list(find_tokens(text)) == razdel_tokens(text)


@given(TRICKY | st.text(max_size=40))
def test_any_tokens_are_those_of_razdel(text: str) -> None:
    assert list(find_tokens(text)) == razdel_tokens(text)
