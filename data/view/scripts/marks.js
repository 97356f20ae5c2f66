"use strict";
// What is drawn on top of the network: codes of countries, crosses over what was called off; and the hint at the pointer.

function drawMarks(context) {
  context.lineWidth = 2;
  context.strokeStyle = cssColor("--text");
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = "#14181c"; // the regions' colours are light in either theme
  for (const number of picture.nodes) {
    const code = countryCode(number);
    if (code) drawCode(context, code, places.get(number), looks[state.level].get(number).size);
    if (data.nodes[number].status === "cancelled") drawCross(context, places.get(number), 9);
  }
  if (state.level === "actors") picture.edges.filter(isCalledOff).forEach(({ id }) => crossEdge(context, network.body.edges[id]));
}

function isCalledOff({ open }) {
  return open.length > 0 && open.every((event) => data.nodes[event].status === "cancelled");
}

// The network draws itself while its edges change, when not all of them are there yet.
function crossEdge(context, edge) {
  if (edge) drawCross(context, edge.edgeType.getPoint(0.5), 7);
}

function drawCode(context, code, { x, y }, size) {
  context.font = `600 ${Math.round(size * 0.95)}px system-ui, sans-serif`;
  context.fillText(code, x, y + 1);
}

function drawCross(context, { x, y }, reach) {
  context.beginPath();
  for (const way of [1, -1]) {
    context.moveTo(x - reach, y - reach * way);
    context.lineTo(x + reach, y + reach * way);
  }
  context.stroke();
}

function nodeHint(number) {
  const events = edgesOf("events", number).length;
  return ACTORS.includes(data.nodes[number].kind) ? `${nodeTitle(number)} · ${t("events_of", { count: events })}` : pick(data.nodes[number].name);
}

function edgeTitle(id) {
  const edge = openEdge(state.level, id);
  const ends = edgeEnds(id).map((end) => shorten(nodeTitle(end), 60));
  if (state.level === "events") return `${ends.join(" → ")}: ${linkRoles(edge.links).join(", ")}`;
  return `${ends.join(" – ")}: ${edge.open.length ? countTypes(edge.open) : t("tenure")}`;
}

function linkRoles(links) {
  const roles = links.map((number) => data.links[number]).map(([, , role, title]) => (title ? pick(title) : termLabel(role)));
  return [...new Set(roles)];
}

// "переговоры 4, визит 2"
function countTypes(events) {
  const found = new Map();
  for (const event of events) addOne(found, data.nodes[event].type);
  return [...found].sort((a, b) => b[1] - a[1]).map(([type, count]) => `${termLabel(type)} ${count}`).join(", ");
}

function showTooltip(text, point) {
  const tooltip = byId("tooltip");
  tooltip.textContent = shorten(text, 240);
  tooltip.hidden = false;
  const stage = byId("stage").getBoundingClientRect();
  const left = Math.min(point.x + 14, stage.width - tooltip.offsetWidth - 8);
  tooltip.style.left = `${Math.max(8, left)}px`;
  tooltip.style.top = `${Math.min(point.y + 14, stage.height - tooltip.offsetHeight - 8)}px`;
}

function hideTooltip() {
  byId("tooltip").hidden = true;
}
