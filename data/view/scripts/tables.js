"use strict";
// The visible part of the graph as CSV and as GraphML.

const CSV = {
  actors: ["source", "source_name", "target", "target_name", "events", "kinds"],
  events: ["source", "source_name", "type", "status", "start", "end", "role", "target", "target_name"],
};
const FORMULA = /^[=+\-@\t\r]/;

function visibleLinks() {
  return picture.edges.flatMap((edge) => edge.links).map((number) => data.links[number]);
}

function csvRows() {
  if (state.level === "actors") {
    return picture.edges.filter(({ open }) => open.length).map(({ from, to, open }) => [iriOf(from), pick(data.nodes[from].name), iriOf(to), pick(data.nodes[to].name), open.length, countTypes(open)]);
  }
  return visibleLinks().map(([source, target, role]) => {
    const { name, type, status, start, end } = data.nodes[source];
    return [iriOf(source), pick(name), type, status ?? "", start ?? "", end ?? "", role, iriOf(target), pick(data.nodes[target].name)];
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

const NODE_KEYS = { kind: (n) => n.kind, type: (n) => n.type, name_ru: (n) => n.name[0], name_en: (n) => n.name[1], status: (n) => n.status, start: (n) => n.start, end: (n) => n.end };

function xml(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return String(text).replace(/[&<>"]/g, (sign) => signs[sign]).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}

function xmlData(values) {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== "").map(([key, value]) => `<data key="${key}">${xml(value)}</data>`).join("");
}

function makeGraphml() {
  const keys = Object.keys(NODE_KEYS).map((key) => `<key id="${key}" for="node" attr.name="${key}" attr.type="string"/>`);
  const edgeKeys = [["role", "string"], ["events", "int"], ["kinds", "string"]].map(([key, type]) => `<key id="${key}" for="edge" attr.name="${key}" attr.type="${type}"/>`);
  const made = picture.nodes.map((number) => {
    const values = Object.entries(NODE_KEYS).map(([key, read]) => [key, read(data.nodes[number])]);
    return `<node id="${xml(iriOf(number))}">${xmlData(Object.fromEntries(values))}</node>`;
  });
  const lines = state.level === "actors"
    ? picture.edges.map(({ from, to, open }) => graphmlEdge(from, to, { events: open.length, kinds: countTypes(open) }))
    : visibleLinks().map(([from, to, role]) => graphmlEdge(from, to, { role }));
  const way = state.level === "actors" ? "undirected" : "directed";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${[...keys, ...edgeKeys].join("\n")}\n<graph edgedefault="${way}">\n${[...made, ...lines].join("\n")}\n</graph>\n</graphml>\n`;
}

function graphmlEdge(from, to, values) {
  return `<edge source="${xml(iriOf(from))}" target="${xml(iriOf(to))}">${xmlData(values)}</edge>`;
}
