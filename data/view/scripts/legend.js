"use strict";
// What shapes, colours and lines mean, of those that are on the page.

const STATUSES = ["planned", "cancelled"];
const LINES = [ // tone, dashes, what it means
  ["bond", "", "bond_line"],
  ["accord", "", "accord_line"],
  ["conflict", "", "conflict_line"],
  ["bond", "7 6", "pending_line"],
  ["line", "1 4", "office_line"],
];

function fillLegend() {
  const kinds = [...new Set(picture.nodes.map((number) => data.nodes[number].kind))].filter((kind) => kind !== "Country");
  const regions = [...new Set(picture.nodes.map(countryCode).map((code) => regionOf.get(code)).filter(Boolean))];
  const order = (names, all) => names.sort((a, b) => Object.keys(all).indexOf(a) - Object.keys(all).indexOf(b));
  byId("legend").replaceChildren(
    ...order(kinds, data.kinds).map((kind) => legendLine(icon(kind), t(kind))),
    ...order(regions, data.regions).map(regionLine),
    ...(state.level === "events" ? STATUSES.map(statusLine) : bondLines()),
  );
}

function regionLine(region) {
  return legendLine(icon("Country", "", regionColor(region)), pick(data.regions[region].name));
}

function statusLine(status) {
  return legendLine(icon("Event", status), capital(termLabel(status)));
}

function bondLines() {
  return LINES.map(([tone, dashes, key]) => legendLine(stroke(tone, dashes), t(key)));
}

function stroke(tone, dashes) {
  const line = svg("path", { d: "M0,8 L16,8", class: `stroke ${tone}`, "stroke-dasharray": dashes });
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, [line]);
}

function legendLine(sign, text) {
  return element("li", {}, [sign, element("span", { text })]);
}
