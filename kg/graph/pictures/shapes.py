"""The outlines of marks, as corners around a middle; what has none is round."""

from __future__ import annotations

import math

from kg.graph.layout import Point


def find_corners(shape: str, x: float, y: float, radius: float) -> tuple[Point, ...]:
    """The corners of a shape of SHAPES, none for a round one."""
    if shape not in SHAPES:
        return ()
    number, turn, inner = SHAPES[shape]
    steps = number * (2 if inner else 1)
    sizes = [radius * (inner if inner and step % 2 else 1.0) for step in range(steps)]
    angles = [math.pi * (2 * step / steps + turn) for step in range(steps)]
    return tuple(
        (round(x + size * math.cos(angle), 1), round(y + size * math.sin(angle), 1))
        for size, angle in zip(sizes, angles, strict=True)
    )


# corners, the turn of the first in half circles (-0.5 is up), how far in the corners of a star lie
SHAPES: dict[str, tuple[int, float, float]] = {
    "square": (4, -0.25, 0.0),
    "diamond": (4, -0.5, 0.0),
    "triangle": (3, -0.5, 0.0),
    "triangleDown": (3, 0.5, 0.0),
    "hexagon": (6, 0.0, 0.0),
    "star": (5, -0.5, 0.45),
}
