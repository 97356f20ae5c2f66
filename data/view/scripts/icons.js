"use strict";
// The shapes of the canvas as small SVG pictures for the legend, the list and the panel.

const OUTLINES = {
  square: "3,3 13,3 13,13 3,13",
  diamond: "8,1 15,8 8,15 1,8",
  triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14",
  hexagon: "4,1.5 12,1.5 16,8 12,14.5 4,14.5 0,8",
  star: "8,0.5 10,6 15.7,6 11.2,9.4 12.8,15 8,11.6 3.2,15 4.8,9.4 0.3,6 6,6",
};

function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function icon(kind, status = "") {
  const picture = svg("svg", { viewBox: "-1 -1 18 18", class: "icon", "aria-hidden": "true" });
  const points = OUTLINES[data.kinds[kind].shape];
  const shape = points ? svg("polygon", { points }) : svg("circle", { cx: 8, cy: 8, r: 6.5 });
  shape.setAttribute("class", status);
  shape.style.setProperty("--kind", kindColor(kind));
  picture.append(shape);
  if (status === "cancelled") picture.append(svg("path", { d: "M2,2 L14,14 M14,2 L2,14", class: "cross" }));
  return picture;
}

function kindColor(kind) {
  return data.kinds[kind][darkScheme.matches ? "dark" : "light"];
}
