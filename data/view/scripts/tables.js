"use strict";
// The visible part of the graph as CSV and as GraphML.

const CSV = {
  actors: ["source", "source_name", "target", "target_name", "events", "kinds"],
  events: ["source", "source_name", "type", "status", "start", "end", "role", "target", "target_name"],
};
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const FORMULA = /^[=+\-@\t\r]/;

function visibleLinks() {
  return picture.edges.flatMap((edge) => edge.links).map((number) => data.links[number]);
}

function namedCells(number) {
  return [iriOf(number), pick(data.nodes[number].name)];
}

function csvRows() {
  if (state.level === "actors") {
    const bonds = picture.edges.filter(({ open }) => open.length);
    return bonds.map(({ from, to, open }) => [...namedCells(from), ...namedCells(to), open.length, countTypes(open)]);
  }
  return visibleLinks().map(([source, target, role]) => {
    const { type, status, start, end } = data.nodes[source];
    return [...namedCells(source), type, status ?? "", start ?? "", end ?? "", role, ...namedCells(target)];
  });
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
function csvCell(value) {
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function makeCsv() {
  return `\ufeff${[CSV[state.level], ...csvRows()].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

const NODE_KEYS = ["kind", "type", "name_ru", "name_en", "status", "start", "end"];
const EDGE_KEYS = { role: "string", events: "int", kinds: "string" };

function xml(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return String(text).replace(/[&<>"]/g, (sign) => signs[sign]).replace(NOT_IN_XML, "");
}

function xmlData(values) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return known.map(([key, value]) => `<data key="${key}">${xml(value)}</data>`).join("");
}

function xmlKey(owner, name, type) {
  return `<key id="${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`;
}

function graphmlNode(number) {
  const { name, ...node } = data.nodes[number];
  const values = { ...node, name_ru: name[0], name_en: name[1] };
  const known = Object.fromEntries(NODE_KEYS.map((key) => [key, values[key]]));
  return `<node id="${xml(iriOf(number))}">${xmlData(known)}</node>`;
}

function graphmlEdge(from, to, values) {
  return `<edge source="${xml(iriOf(from))}" target="${xml(iriOf(to))}">${xmlData(values)}</edge>`;
}

function makeGraphml() {
  const actors = state.level === "actors";
  const lines = actors
    ? picture.edges.map(({ from, to, open }) => graphmlEdge(from, to, { events: open.length, kinds: countTypes(open) }))
    : visibleLinks().map(([from, to, role]) => graphmlEdge(from, to, { role }));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...NODE_KEYS.map((name) => xmlKey("node", name, "string")),
    ...Object.entries(EDGE_KEYS).map(([name, type]) => xmlKey("edge", name, type)),
    `<graph edgedefault="${actors ? "undirected" : "directed"}">`,
    ...picture.nodes.map(graphmlNode),
    ...lines,
    "</graph>",
    "</graphml>\n",
  ].join("\n");
}
