"use strict";
// The drawing: which nodes are shown, how they look, and what the pointer does. vis-network draws, we choose.

const ACTORS = ["Person", "Country", "Organization"];
const READABLE = 0.62;
const MOST_AT_ONCE = 2500;
const darkScheme = window.matchMedia("(prefers-color-scheme: dark)");
const shown = new Set(data.core);
const hiddenKinds = new Set();
const hiddenStatuses = new Set();
const nodes = new vis.DataSet();
const edges = new vis.DataSet(data.network.edges.map((edge, id) => ({ ...edge, id })));
const nodeView = new vis.DataView(nodes, { filter: (node) => isVisible(node.id) });
const edgeView = new vis.DataView(edges, { filter: (edge) => isVisible(edge.from) && isVisible(edge.to) });
const neighbours = data.nodes.map(() => new Set());
for (const { from, to } of data.network.edges) {
  neighbours[from].add(to);
  neighbours[to].add(from);
}

let network = null;
let selected = null;

function isVisible(number) {
  const node = data.nodes[number];
  return shown.has(number) && !hiddenKinds.has(node.kind) && !(node.kind === "Event" && hiddenStatuses.has(node.status));
}

function nodeTitle(number) {
  const node = data.nodes[number];
  return node.kind === "Event" ? eventTitle(node, " · ", 60) : pick(node.name);
}

function eventTitle(node, separator, length) {
  const when = formatPeriod(node.start, node.end, "short");
  return shorten(capital(termLabel(node.type)), length) + (when ? separator + when : "");
}

function drawnLabel(number) {
  const node = data.nodes[number];
  return node.kind === "Event" ? eventTitle(node, "\n", 24) : shorten(pick(node.name), 44);
}

function cssColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function groups() {
  const font = { size: 16 };
  const look = (kind) => ({ color: nodeColors(kindColor(kind)), ...(ACTORS.includes(kind) ? { font } : {}) });
  return Object.fromEntries(Object.keys(data.kinds).map((kind) => [kind, look(kind)]));
}

function nodeColors(color) {
  const [border, lit] = [cssColor("--outline"), cssColor("--text")];
  return { background: color, border, highlight: { background: color, border: lit }, hover: { background: color, border: lit } };
}

// What depends on theme, language and status; shape, size and place are computed ahead.
function drawnNode(node) {
  const { status, kind } = data.nodes[node.id];
  const made = { ...node, label: drawnLabel(node.id) };
  const color = status === "cancelled" ? cssColor("--faded") : kindColor(kind);
  if (status === "cancelled") made.color = nodeColors(color);
  if (status === "planned") {
    made.color = { ...nodeColors(cssColor("--ground")), border: color };
    made.color.highlight = made.color.hover = { background: cssColor("--raised"), border: color };
  }
  return made;
}

function canvasOptions() {
  const { options } = data.network;
  const font = { ...options.nodes.font, color: cssColor("--text"), strokeColor: cssColor("--ground") };
  const color = { color: cssColor("--line"), highlight: cssColor("--text"), hover: cssColor("--text"), inherit: false };
  return { ...options, nodes: { ...options.nodes, font }, edges: { ...options.edges, color }, groups: groups() };
}

function redraw() {
  network.setOptions(canvasOptions());
  nodes.update(data.network.nodes.map(drawnNode));
}

function refreshShown() {
  nodeView.refresh();
  edgeView.refresh();
  const visible = nodeView.length;
  document.getElementById("count").textContent = t("count", { shown: visible, all: data.nodes.length });
  document.getElementById("all-button").hidden = shown.size === data.nodes.length || data.nodes.length > MOST_AT_ONCE;
  document.getElementById("core-button").hidden = shown.size === data.core.length && data.core.every((n) => shown.has(n));
}

function show(numbers) {
  for (const number of numbers) shown.add(number);
  refreshShown();
}

function showOnly(numbers) {
  shown.clear();
  show(numbers);
  openView();
}

// All that is shown if its labels can be read so, else what lies around the best connected node.
function openView() {
  network.fit();
  if (network.getScale() >= READABLE || !data.core.length) return;
  const hub = data.core.reduce((best, number) => (neighbours[number].size > neighbours[best].size ? number : best));
  network.moveTo({ position: centreFor(network.getPosition(hub)), scale: READABLE });
}

// The centre of a view that has a point in it and wastes no room beyond the outermost nodes.
function centreFor(point) {
  const { clientWidth, clientHeight } = document.getElementById("network");
  const places = Object.values(network.getPositions(nodeView.getIds()));
  const along = (axis, length) => {
    const values = places.map((place) => place[axis]);
    const half = length / READABLE / 2 - 130;
    const [low, high] = [Math.min(...values) + half, Math.max(...values) - half];
    return low > high ? (low + high) / 2 : Math.min(Math.max(point[axis], low), high);
  };
  return { x: along("x", clientWidth), y: along("y", clientHeight) };
}

function hiddenNeighbours(number) {
  return [...neighbours[number]].filter((other) => !shown.has(other));
}

function focusOn(number) {
  network.redraw(); // takes in what the panel left of the width, which would change the scale afterwards
  network.selectNodes([number]);
  network.focus(number, { scale: Math.max(network.getScale(), 0.9), animation: false });
}

// Cancelled events are crossed out, as colour alone would not tell.
function crossCancelled(context) {
  context.strokeStyle = cssColor("--text");
  context.lineWidth = 2;
  const cancelled = nodeView.getIds({ filter: (node) => data.nodes[node.id].status === "cancelled" });
  for (const { x, y } of Object.values(network.getPositions(cancelled))) {
    context.beginPath();
    for (const [dx, dy] of [[1, 1], [1, -1]]) {
      context.moveTo(x - 9 * dx, y - 9 * dy);
      context.lineTo(x + 9 * dx, y + 9 * dy);
    }
    context.stroke();
  }
}

function edgeTitle(edge) {
  const roles = edge.links.map((number) => {
    const [, , role, title] = data.links[number];
    return title ? pick(title) : termLabel(role);
  });
  return `${nodeTitle(edge.from)} → ${nodeTitle(edge.to)}: ${[...new Set(roles)].join(", ")}`;
}

function showTooltip(text, point) {
  const tooltip = document.getElementById("tooltip");
  tooltip.textContent = shorten(text, 200);
  tooltip.hidden = false;
  const stage = document.getElementById("stage").getBoundingClientRect();
  const left = Math.min(point.x + 14, stage.width - tooltip.offsetWidth - 8);
  tooltip.style.left = `${Math.max(8, left)}px`;
  tooltip.style.top = `${Math.min(point.y + 14, stage.height - tooltip.offsetHeight - 8)}px`;
}

function hideTooltip() {
  document.getElementById("tooltip").hidden = true;
}

function makeNetwork() {
  nodes.add(data.network.nodes.map(drawnNode));
  const holder = document.getElementById("network");
  network = new vis.Network(holder, { nodes: nodeView, edges: edgeView }, canvasOptions());
  network.on("afterDrawing", crossCancelled);
  network.on("hoverEdge", ({ edge, pointer }) => showTooltip(edgeTitle(edges.get(edge)), pointer.DOM));
  network.on("hoverNode", ({ node, pointer }) => showTooltip(pick(data.nodes[node].name), pointer.DOM));
  for (const leaving of ["blurEdge", "blurNode", "dragStart", "zoom"]) network.on(leaving, hideTooltip);
  network.on("click", ({ nodes: [number] }) => (number === undefined ? closePanel() : openPanel(number)));
  network.on("doubleClick", ({ nodes: [number] }) => number !== undefined && expand(number));
}

function expand(number) {
  show(neighbours[number]);
  openPanel(number);
}
