"use strict";
// What is shown: the nodes that the choice of the reader leaves, never more than can be read, and the edges between them.

const MOST_ACTORS = 50;
const MOST_AT_ONCE = 2500;
const STRONGEST = 2; // edges that an actor has at least, where not all are drawn
const COMMON = 1.5; // as in the layout: what hardly anything else names frays the picture
const STEP_LIMIT = 150;
let picture = { nodes: [], edges: [] };
let looks = {}; // level → Map of number → how the node is drawn
let weights = new Map();

function readLevels() {
  for (const level of LEVELS) delete adjacency[level];
  looks = Object.fromEntries(LEVELS.map((level) => [level, new Map(data.levels[level].nodes.map((node) => [node.id, node]))]));
  weights = new Map(statements.map((number) => [number, weigh(number)]));
}

// How much a statement joins: what many name counts for it, what hardly anything else names against it.
function weigh(number) {
  return linksFrom(number).reduce((sum, [, target]) => sum + Math.log2(linksOf[target].length) - COMMON, 0);
}

function isDrawable(number) {
  return looks[state.level].has(number);
}

function choosePicture() {
  const numbers = [...new Set([...chooseNodes(), ...(isFocused() ? [] : state.added)])].filter(isDrawable);
  picture = { nodes: numbers, edges: chooseEdges(new Set(numbers)) };
}

function isFocused() {
  return state.path.length === 2 || state.steps > 0;
}

function chooseNodes() {
  if (state.path.length === 2) return shortestPath(...state.path);
  if (state.steps && isDrawable(state.selected)) return ringsAround(state.selected, state.steps, STEP_LIMIT).flat();
  if (state.level === "actors") return state.everything ? allActors() : bestActors();
  return fillStatements(state.everything ? MOST_AT_ONCE : data.size);
}

function countEvents() {
  const found = new Map();
  for (const number of matched) {
    if (data.nodes[number].kind !== "Event") continue;
    for (const facet of Object.values(NAMED)) for (const actor of factsOf.get(number)[facet]) addOne(found, actor);
  }
  return found;
}

function allActors() {
  return isFiltered() ? [...countEvents().keys()] : [...looks.actors.keys()].slice(0, MOST_AT_ONCE);
}

function bestActors() {
  if (!isFiltered()) return data.levels.actors.core;
  const found = countEvents();
  return [...found.keys()].sort((a, b) => found.get(b) - found.get(a) || a - b).slice(0, Math.min(MOST_ACTORS, data.size));
}

// The statements that join most, each with all that it names, as long as there is room.
function fillStatements(limit) {
  if (!isFiltered() && limit === data.size) return data.levels.events.core;
  const rank = (number) => weights.get(number) + (data.nodes[number].kind === "Event" ? 1000 : 0);
  const chosen = new Set();
  for (const number of [...matched].sort((a, b) => rank(b) - rank(a) || a - b)) {
    const named = linksFrom(number).map(([, target]) => target).filter((n) => !factsOf.has(n) || matched.has(n));
    const fresh = [number, ...named].filter((n) => !chosen.has(n));
    if (chosen.size + fresh.length <= limit) fresh.forEach((n) => chosen.add(n));
    if (chosen.size >= limit) break;
  }
  return [...chosen];
}

function chooseEdges(inside) {
  const { level } = state;
  const found = new Map();
  for (const number of inside) {
    for (const id of edgesOf(level, number)) {
      const edge = data.levels[level].edges[id];
      if (!found.has(id) && inside.has(otherEnd(edge, number)) && isOpen(level, id)) found.set(id, openEdge(level, id));
    }
  }
  const edges = [...found.values()];
  return level === "actors" && !state.bonds && !state.path.length ? strongest(edges) : edges;
}

// An edge with the events that the filters leave of it.
function openEdge(level, id) {
  const edge = data.levels[level].edges[id];
  return level === "actors" ? { ...edge, id, open: edge.events.filter((event) => matched.has(event)) } : { ...edge, id };
}

// The strongest edges of every actor, and all of the selected one: with all of all nothing could be told apart.
function strongest(edges) {
  const drawn = new Map();
  const kept = [];
  for (const edge of [...edges].sort((a, b) => b.open.length - a.open.length || a.id - b.id)) {
    const ends = [edge.from, edge.to];
    const wanted = edge.open.length && ends.some((end) => (drawn.get(end) ?? 0) < STRONGEST);
    if (wanted) ends.forEach((end) => addOne(drawn, end));
    if (wanted || edge.office || ends.includes(state.selected)) kept.push(edge);
  }
  return kept;
}

function hiddenNeighbours(number) {
  const inside = new Set(picture.nodes);
  return neighboursOf(number).filter((other) => !inside.has(other));
}

function edgeEnds(id) {
  const { from, to } = data.levels[state.level].edges[id];
  return [from, to];
}
