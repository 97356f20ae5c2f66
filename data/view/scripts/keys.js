"use strict";
// The keyboard: "/" searches, Escape closes, arrows walk over the network, Enter opens, plus and minus zoom.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE = 2.5; // how much worse a node aside is than one straight ahead
let cursor = null;

function onKey(event) {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === "Escape") onEscape();
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  }
}

// The outermost thing that is open closes first.
function onEscape() {
  hideTooltip();
  if (closeDisclosures()) return;
  if (pathStart !== null) {
    pathStart = null;
    announce("");
    openPanel();
  } else if (!byId("panel").hidden) closePanel();
  else if (isFocused()) leaveFocus();
}

function onNetworkKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (ARROWS[event.key]) moveCursor(ARROWS[event.key]);
  else if (event.key === "Enter" && cursor !== null) selectNode(cursor);
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else return;
  event.preventDefault();
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor });
}

function moveCursor(way) {
  if (!picture.nodes.length) return;
  cursor = places.has(cursor) ? nearestTowards(cursor, way) ?? cursor : centralNode();
  network.selectNodes([cursor]);
  network.focus(cursor, { scale: Math.max(network.getScale(), 0.7), animation: false });
  const point = network.canvasToDOM(places.get(cursor));
  showTooltip(nodeHint(cursor), point);
}

function centralNode() {
  if (state.selected !== null && places.has(state.selected)) return state.selected;
  const centre = network.getViewPosition();
  const far = (number) => Math.hypot(places.get(number).x - centre.x, places.get(number).y - centre.y);
  return picture.nodes.reduce((best, number) => (far(number) < far(best) ? number : best));
}

function nearestTowards(number, [dx, dy]) {
  const at = places.get(number);
  const cost = (other) => {
    const [x, y] = [places.get(other).x - at.x, places.get(other).y - at.y];
    const ahead = x * dx + y * dy;
    return ahead > 1 ? ahead + ASIDE * Math.abs(x * dy + y * dx) : Infinity;
  };
  const best = picture.nodes.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return cost(best) < Infinity ? best : null;
}

function connectKeys() {
  document.addEventListener("keydown", onKey);
  byId("network").addEventListener("keydown", onNetworkKey);
  byId("network").addEventListener("blur", hideTooltip);
}
