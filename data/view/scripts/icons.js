"use strict";
// The shapes of the canvas as small SVG pictures for the legend, the lists and the panel; and the colours of both.

const OUTLINES = {
  square: "2,2 14,2 14,14 2,14",
  diamond: "8,1 15,8 8,15 1,8",
  triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14",
  hexagon: "4,1.5 12,1.5 16,8 12,14.5 4,14.5 0,8",
  star: "8,0.5 10,6 15.7,6 11.2,9.4 12.8,15 8,11.6 3.2,15 4.8,9.4 0.3,6 6,6",
};
const CODE = /^[A-Z]{2}$/;
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const regionOf = new Map();

function readRegions() {
  for (const [name, region] of Object.entries(data.regions)) {
    for (const code of region.codes.split(" ")) regionOf.set(code, name);
  }
}

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function svg(tag, attributes, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function outline(kind) {
  const points = OUTLINES[data.kinds[kind].shape];
  return points ? svg("polygon", { points }) : svg("circle", { cx: 8, cy: 8, r: 6.5 });
}

function icon(kind, status = "", color = kindColor(kind), code = "") {
  const picture = svg("svg", { viewBox: "-1 -1 18 18", class: "icon", "aria-hidden": "true" });
  const shape = outline(kind);
  shape.setAttribute("class", status);
  shape.style.setProperty("--kind", color);
  picture.append(shape);
  if (status === "cancelled") picture.append(svg("path", { d: "M2,2 L14,14 M14,2 L2,14", class: "cross" }));
  if (code) picture.append(svg("text", { x: 8, y: 11, class: "code" }, [code]));
  return picture;
}

function nodeIcon(number) {
  const node = data.nodes[number];
  return icon(node.kind, node.status, nodeColor(number), countryCode(number));
}

function kindColor(kind) {
  return data.kinds[kind][isDark() ? "dark" : "light"];
}

function regionColor(name) {
  return data.regions[name].color;
}

function countryCode(number) {
  const { kind, iso = "" } = data.nodes[number];
  return kind === "Country" && CODE.test(iso) ? iso : "";
}

// Countries have the colour of their region, all else that of its kind.
function nodeColor(number) {
  const region = regionOf.get(countryCode(number));
  return region ? regionColor(region) : kindColor(data.nodes[number].kind);
}
