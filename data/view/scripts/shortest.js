"use strict";
// Walks over the edges of a level: neighbours, what lies a few steps away, the shortest path.

const adjacency = {}; // level → for each node the ids of its edges

function edgesOf(level, number) {
  adjacency[level] ??= makeAdjacency(level);
  return adjacency[level].get(number) ?? [];
}

function makeAdjacency(level) {
  const found = new Map();
  const add = (number, id) => (found.has(number) ? found.get(number).push(id) : found.set(number, [id]));
  data.levels[level].edges.forEach(({ from, to }, id) => {
    add(from, id);
    add(to, id);
  });
  return found;
}

// Whether the filters leave anything of an edge: an event that it stands for, or the statement that it starts from.
function isOpen(level, id) {
  const edge = data.levels[level].edges[id];
  if (level === "actors") return Boolean(edge.office && !isFiltered()) || edge.events.some((event) => matched.has(event));
  return !isStatement(edge.from) || matched.has(edge.from) || data.nodes[edge.from].kind === "Document";
}

function neighboursOf(number, level = state.level, fits = isOpen) {
  const edges = edgesOf(level, number).filter((id) => fits(level, id));
  return [...new Set(edges.map((id) => otherEnd(data.levels[level].edges[id], number)))];
}

// Whether an edge stands for more than what was called off.
function isSolid(level, id) {
  if (!isOpen(level, id)) return false;
  const { from, events, office } = data.levels[level].edges[id];
  const isOff = (number) => data.nodes[number].status === "cancelled";
  return level === "actors" ? office || events.some((event) => matched.has(event) && !isOff(event)) : !isOff(from);
}

function otherEnd(edge, number) {
  return edge.from === number ? edge.to : edge.from;
}

// The nodes up to so many steps away, as one list for each step.
function ringsAround(number, steps, most) {
  const seen = new Set([number]);
  const rings = [[number]];
  while (rings.length <= steps) {
    const next = [];
    for (const inner of rings.at(-1)) {
      for (const outer of neighboursOf(inner)) {
        if (seen.size < most && !seen.has(outer)) {
          seen.add(outer);
          next.push(outer);
        }
      }
    }
    rings.push(next);
  }
  return rings;
}

// The shortest path; one over what was called off only if there is no other.
function shortestPath(start, end) {
  const solid = findPath(start, end, isSolid);
  return solid.length ? solid : findPath(start, end, isOpen);
}

// Breadth first; an empty list where there is no way.
function findPath(start, end, fits) {
  const before = new Map([[start, null]]);
  const queue = [start];
  for (let place = 0; place < queue.length && !before.has(end); place += 1) {
    for (const next of neighboursOf(queue[place], state.level, fits)) {
      if (before.has(next)) continue;
      before.set(next, queue[place]);
      queue.push(next);
    }
  }
  const path = [];
  for (let at = before.has(end) ? end : null; at !== null; at = before.get(at)) path.unshift(at);
  return path;
}
