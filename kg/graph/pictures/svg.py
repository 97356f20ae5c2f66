"""A picture as SVG: shapes and text alone, no script, no style sheet, nothing that is loaded."""

from __future__ import annotations

import html

from kg.config import data_path
from kg.graph.pictures.picture import LINE, Key, Line, Mark, Picture
from kg.graph.pictures.shapes import find_corners

STEP = 15.0
SMALL = 7.0


def dump_svg(picture: Picture) -> bytes:
    """The picture as a file that stands alone."""
    parts = {
        "width": f"{picture.width:.0f}",
        "height": f"{picture.height:.0f}",
        "title": escape(picture.title),
        "lines": "\n".join(map(make_line, picture.lines)),
        "numbers": "\n".join(number for line in picture.lines if (number := make_number(line))),
        "marks": "\n".join(map(make_mark, picture.marks)),
        "labels": "\n".join(map(make_label, picture.marks)),
        "keys": "\n".join(map(make_key, picture.keys)),
    }
    template = data_path("pictures", "picture.svg").read_text(encoding="utf-8")
    return "".join(parts.get(piece, piece) for piece in template.split("%%")).encode("utf-8", "replace")


def make_line(line: Line) -> str:
    (x1, y1), (x2, y2) = line.start, line.end
    dashes = ' stroke-dasharray="6 4"' if line.dashed else ' stroke-dasharray="1 4"' if line.struck else ""
    opacity = 0.35 if line.soft else 0.7
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{LINE}" stroke-width="{line.width}" stroke-opacity="{opacity}"{dashes}/>'


def make_number(line: Line) -> str:
    """What a line counts, if that is told."""
    x, y = line.spot
    return f'<text x="{x:.1f}" y="{y + 4:.1f}">{escape(line.label)}</text>' if line.label else ""


def make_mark(mark: Mark) -> str:
    shape = make_shape(mark.shape, mark.x, mark.y, mark.radius)
    dashes = ' stroke-dasharray="4 3"' if mark.dashed else ""
    if not mark.struck:
        return f'{shape} fill="{mark.colour}"{dashes}/>'
    x, y, r = mark.x, mark.y, mark.radius
    cross = f"M{x - r:.1f} {y - r:.1f}L{x + r:.1f} {y + r:.1f}M{x - r:.1f} {y + r:.1f}L{x + r:.1f} {y - r:.1f}"
    return f'{shape} fill="{mark.colour}" fill-opacity="0.4"/><path d="{cross}"/>'


def make_shape(shape: str, x: float, y: float, radius: float) -> str:
    """The beginning of an element."""
    corners = " ".join(f"{a},{b}" for a, b in find_corners(shape, x, y, radius))
    return f'<polygon points="{corners}"' if corners else f'<circle cx="{x}" cy="{y}" r="{radius}"'


def make_label(mark: Mark) -> str:
    """The lines of a label, below its mark."""
    spans = "".join(
        f'<tspan x="{mark.x}" y="{mark.y + mark.radius + STEP * (number + 0.9):.1f}">{escape(text)}</tspan>'
        for number, text in enumerate(mark.lines)
    )
    return f"<text>{spans}</text>"


def make_key(key: Key) -> str:
    """An entry of the legend."""
    shape = make_shape(key.shape, key.x, key.y, SMALL)
    return f'{shape} fill="{key.colour}"/>\n<text x="{key.x + 13:.1f}" y="{key.y + 4:.1f}">{escape(key.text)}</text>'


def escape(text: str) -> str:
    return html.escape(text, quote=True)
