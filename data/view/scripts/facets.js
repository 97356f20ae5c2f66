"use strict";
// The filters: any of what is chosen in one list, and all lists at once. Each list counts what the others leave.

let matched = new Set(); // statements
let counts = {}; // facet → Map of value → statements
let months = new Map(); // "2025-11" → statements, whatever the range of time

function applyFilters() {
  const active = FACETS.filter((facet) => state.chosen[facet].size);
  matched = new Set();
  months = new Map();
  counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  for (const number of statements) countStatement(number, factsOf.get(number), active);
}

// A statement that only one list leaves out still counts in that list: it is what another choice there would bring.
function countStatement(number, facts, active) {
  const failed = active.filter((facet) => !facts[facet].some((value) => state.chosen[facet].has(value)));
  if (facts.confidence < state.least) return;
  if (!failed.length && facts.bounds) addOne(months, facts.bounds[0].slice(0, 7));
  if (!isInRange(facts.bounds)) return;
  if (!failed.length) matched.add(number);
  if (failed.length > 1) return;
  for (const facet of failed.length ? failed : FACETS) {
    for (const value of facts[facet]) addOne(counts[facet], value);
  }
}

function addOne(found, key) {
  found.set(key, (found.get(key) ?? 0) + 1);
}

function isInRange(bounds) {
  if (!state.from && !state.until) return true;
  return bounds !== null && (!state.from || bounds[1] >= state.from) && (!state.until || bounds[0] <= state.until);
}

// The values of a facet that are chosen or have a count, the most frequent first.
function facetValues(facet) {
  const values = new Set([...state.chosen[facet], ...counts[facet].keys()]);
  const count = (value) => counts[facet].get(value) ?? 0;
  return [...values].sort((a, b) => count(b) - count(a) || facetLabel(facet, a).localeCompare(facetLabel(facet, b)));
}
