"use strict";
// What shapes, colours and lines mean, of those that are on the page.

const STATUSES = ["planned", "cancelled"];

function fillLegend() {
  const kinds = [...new Set(picture.nodes.map((number) => data.nodes[number].kind))].filter((kind) => kind !== "Country");
  const regions = [...new Set(picture.nodes.map(countryCode).map((code) => regionOf.get(code)).filter(Boolean))];
  const order = (names, all) => names.sort((a, b) => Object.keys(all).indexOf(a) - Object.keys(all).indexOf(b));
  byId("legend").replaceChildren(
    ...order(kinds, data.kinds).map((kind) => legendLine(icon(kind), t(kind))),
    ...order(regions, data.regions).map((region) => legendLine(icon("Country", "", regionColor(region)), pick(data.regions[region].name))),
    ...(state.level === "events" ? STATUSES.map((status) => legendLine(icon("Event", status), capital(termLabel(status)))) : bondLines()),
  );
}

function bondLines() {
  const lines = [["bond", "", "bond_line"], ["accord", "", "accord_line"], ["conflict", "", "conflict_line"], ["bond", "7 6", "pending_line"], ["line", "1 4", "office_line"]];
  return lines.map(([tone, dashes, key]) => legendLine(stroke(tone, dashes), t(key)));
}

function stroke(tone, dashes) {
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, [svg("path", { d: "M0,8 L16,8", class: `stroke ${tone}`, "stroke-dasharray": dashes })]);
}

function legendLine(sign, text) {
  return element("li", {}, [sign, element("span", { text })]);
}
