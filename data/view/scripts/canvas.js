"use strict";
// The drawing: how nodes and edges look, and what the pointer does. vis-network draws, we choose.

const ACTORS = ["Person", "Country", "Organization"];
const READABLE = 0.56;
const PENDING = new Set(["planned", "prepared"]);
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;

function cssColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function nodeColors(background, border) {
  const lit = { background, border: cssColor("--text") };
  return { background, border, highlight: lit, hover: lit };
}

// What is planned is hollow and dashed, what was called off grey and crossed.
function drawnNode(number) {
  const { status, kind } = data.nodes[number];
  const color = status === "cancelled" ? cssColor("--faded") : nodeColor(number);
  const hollow = PENDING.has(status);
  return {
    ...looks[state.level].get(number),
    ...places.get(number),
    label: drawnLabel(number),
    color: hollow ? nodeColors(cssColor("--ground"), color) : nodeColors(color, cssColor("--outline")),
    chosen: { label: false }, // in bold it would need more lines
    shapeProperties: { borderDashes: hollow ? [4, 3] : false },
    font: { size: labelSize(kind) },
  };
}

function drawnEdge(edge) {
  return { id: edge.id, from: edge.from, to: edge.to, ...(state.level === "actors" ? bondLook(edge) : linkLook(edge)) };
}

// The thicker, the more events; only planned or called off ones are dashed; an office without events is dotted.
function bondLook({ open }) {
  const color = cssColor(open.length ? `--${toneOf(open)}` : "--line");
  return {
    width: open.length ? Math.min(7, 0.8 + 0.9 * Math.log2(open.length)) : 1,
    dashes: !open.length ? [1, 5] : open.every((event) => !isDone(event)) ? [7, 6] : false,
    color: { color, opacity: open.length > 1 ? 0.7 : 0.5, highlight: cssColor("--text"), hover: cssColor("--text") },
    smooth: { enabled: true, type: "curvedCW", roundness: 0.12 }, // past what stands between the two
    label: open.length > 1 ? String(open.length) : undefined,
  };
}

function isDone(event) {
  return !PENDING.has(data.nodes[event].status) && data.nodes[event].status !== "cancelled";
}

// Whether quarrels or agreements prevail among events, if either does.
function toneOf(events) {
  const share = (tone) => events.filter((event) => data.tones[tone].types.includes(data.nodes[event].type)).length / events.length;
  if (share("conflict") >= 0.5) return "conflict";
  return share("accord") >= 0.5 ? "accord" : "bond";
}

// Thin where it says no more than on whose behalf somebody acts, which most events say of several countries.
function linkLook({ from, links }) {
  const roles = links.map((number) => data.links[number][2]);
  const line = { color: cssColor("--line"), opacity: 1, highlight: cssColor("--text"), hover: cssColor("--text") };
  return { width: roles.every((role) => role === "country") ? 0.4 : 1, dashes: PENDING.has(data.nodes[from].status), color: line };
}

function canvasOptions() {
  const { options } = data.levels.events;
  const font = { ...options.nodes.font, color: cssColor("--text"), strokeColor: cssColor("--ground") };
  const small = { size: 13, color: cssColor("--text"), strokeColor: cssColor("--ground"), strokeWidth: 4, face: "system-ui, sans-serif" };
  return { ...options, nodes: { ...options.nodes, font }, edges: { ...options.edges, font: small } };
}

// One drawing for all changes; by itself the network would draw after each.
function drawPicture() {
  network.body.emitter.emit("_blockRedraw");
  replaceAll(nodes, picture.nodes.map(drawnNode));
  replaceAll(edges, picture.edges.map(drawnEdge));
  markSelected();
  network.body.emitter.emit("_allowRedraw");
  network.redraw();
}

function replaceAll(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

function markSelected() {
  network.unselectAll();
  if (state.selected !== null && nodes.get(state.selected)) network.selectNodes([state.selected]);
  if (state.edge !== null && edges.get(state.edge)) network.setSelection({ nodes: [], edges: [state.edge] }, { highlightEdges: false });
}

// The network takes in a new size of its place without its own change of scale.
function keepScale(change) {
  if (!network) return change();
  const [scale, position] = [network.getScale(), network.getViewPosition()];
  change();
  network.redraw();
  network.moveTo({ scale, position, animation: false });
}

// All that is shown if its labels can be read so, else what lies around the best connected node.
function openView() {
  network.redraw(); // takes in the present size of its place, which would change the scale afterwards
  network.fit({ animation: false });
  if (network.getScale() > 1.2) network.moveTo({ scale: 1.2 });
  if (network.getScale() >= READABLE || !picture.nodes.length) return;
  const weight = (number) => edgesOf(state.level, number).length;
  const hub = state.steps ? state.selected : picture.nodes.reduce((best, number) => (weight(number) > weight(best) ? number : best));
  network.moveTo({ position: centreFor(places.get(hub)), scale: READABLE });
}

// The centre of a view that has a point in it and wastes no room beyond the outermost nodes.
function centreFor(point) {
  const { clientWidth, clientHeight } = byId("network");
  const along = (axis, length) => {
    const values = picture.nodes.map((number) => places.get(number)[axis]);
    const half = length / READABLE / 2 - 130;
    const [low, high] = [Math.min(...values) + half, Math.max(...values) - half];
    return low > high ? (low + high) / 2 : Math.min(Math.max(point[axis], low), high);
  };
  return { x: along("x", clientWidth), y: along("y", clientHeight) };
}

function focusOn(number) {
  if (!nodes.get(number)) return;
  network.redraw();
  network.focus(number, { scale: Math.max(network.getScale(), 0.8), animation: false });
}

function makeNetwork() {
  network = new vis.Network(byId("network"), { nodes, edges }, canvasOptions());
  network.on("afterDrawing", drawMarks);
  network.on("hoverEdge", ({ edge, pointer }) => showTooltip(edgeTitle(edge), pointer.DOM));
  network.on("hoverNode", ({ node, pointer }) => showTooltip(nodeHint(node), pointer.DOM));
  for (const leaving of ["blurEdge", "blurNode", "dragStart", "zoom"]) network.on(leaving, hideTooltip);
  network.on("click", ({ nodes: [number], edges: [edge] }) => onClick(number, edge));
  network.on("doubleClick", ({ nodes: [number] }) => number !== undefined && expand(number));
}

function onClick(number, edge) {
  if (number !== undefined) selectNode(number);
  else if (edge !== undefined) selectEdge(edge);
  else closePanel();
}
