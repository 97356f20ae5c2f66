"""A picture as PNG, drawn by matplotlib, which is asked for by the extra ``draw``."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph.pictures.picture import EDGE, LINE, Line, Mark, Picture
from kg.graph.pictures.shapes import find_corners
from kg.graph.pictures.svg import SMALL, STEP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOTS = 100.0  # pixels an inch
LARGEST = 12_000.0  # pixels of a side; what is larger is drawn smaller
POINTS = 72.0 / DOTS  # of a pixel
INK, GROUND = "#1c2126", "#ffffff"
FONT = "DejaVu Sans"  # comes with matplotlib and has Cyrillic letters


def dump_png(picture: Picture) -> bytes:
    """The picture as a file. Raises KgError where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise KgError("PNG needs matplotlib: pip install 'diplomatic-kg[draw]'; SVG needs nothing more") from error
    scale = min(1.0, LARGEST / picture.width, LARGEST / picture.height)
    figure = Figure(figsize=(picture.width / DOTS, picture.height / DOTS), dpi=DOTS * scale, facecolor=GROUND)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0, picture.width), ylim=(picture.height, 0))
    axes.set_axis_off()
    draw_picture(axes, picture)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})  # the same bytes, whatever the version
    return out.getvalue()


def draw_picture(axes: Axes, picture: Picture) -> None:
    """All of it, from the ground up."""
    for line in picture.lines:
        draw_line(axes, line)
    for mark in picture.marks:
        draw_mark(axes, mark)
    for mark in picture.marks:
        for number, text in enumerate(mark.lines):
            write(axes, mark.x, mark.y + mark.radius + STEP * (number + 0.55), text)
    write(axes, EDGE, 34, picture.title, size=18, align="left")
    for key in picture.keys:
        draw_shape(axes, key.shape, (key.x, key.y), SMALL, facecolor=key.colour)
        write(axes, key.x + 13, key.y, key.text, align="left")


def draw_line(axes: Axes, line: Line) -> None:
    (x1, y1), (x2, y2) = line.start, line.end
    style: Any = (0, (6, 4)) if line.dashed else (0, (1, 4)) if line.struck else "-"
    axes.plot(
        (x1, x2), (y1, y2), color=LINE, linewidth=line.width * POINTS, linestyle=style,
        alpha=0.35 if line.soft else 0.7, zorder=1,
    )  # fmt: skip
    if line.label:
        write(axes, *line.spot, line.label, size=11, colour="#3c4854")


def draw_mark(axes: Axes, mark: Mark) -> None:
    """A shape, with a dashed edge for what is ahead and a cross over what was called off."""
    style: Any = (0, (3, 2)) if mark.dashed else "-"
    alpha = 0.4 if mark.struck else 1.0
    centre, size = (mark.x, mark.y), mark.radius
    draw_shape(axes, mark.shape, centre, size, facecolor=mark.colour, linestyle=style, alpha=alpha)
    if mark.struck:
        for sign in (1, -1):
            ends = ((mark.x - size, mark.x + size), (mark.y - sign * size, mark.y + sign * size))
            axes.plot(*ends, color=INK, linewidth=1.2, zorder=3)


def draw_shape(axes: Axes, shape: str, centre: tuple[float, float], size: float, **style: Any) -> None:
    from matplotlib.patches import Circle, Polygon

    corners, look = find_corners(shape, *centre, size), {"edgecolor": INK, "linewidth": 0.8, **style}
    patch = Polygon(corners, closed=True, **look) if corners else Circle(centre, size, **look)
    patch.set_zorder(2)
    axes.add_patch(patch)


def write(
    axes: Axes, x: float, y: float, text: str, size: float = 12, align: str = "center", colour: str = INK
) -> None:
    """One line of text with a light edge, taken to the letter: no formula is read into it."""
    from matplotlib.patheffects import withStroke

    axes.text(
        x, y, text, fontsize=size * POINTS, fontfamily=FONT, color=colour, ha=align, va="center", zorder=4,
        parse_math=False, path_effects=[withStroke(linewidth=2.5, foreground=GROUND)],
    )  # fmt: skip
