"use strict";
// What the reader has chosen. All of it stands in the fragment of the address, so that a link shows what its sender saw.

const LEVELS = ["actors", "events"];
const FACETS = ["type", "status", "country", "person", "organization", "topic", "source"];
const state = {
  level: "actors",
  selected: null, // a node's number
  edge: null, // or an edge's id
  steps: 0, // of the network around the selected node that is shown alone; 0 is all
  path: [], // two nodes whose shortest path is shown alone
  added: new Set(), // nodes shown whatever the choice of the page is
  chosen: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  least: 0, // confidence
  from: "",
  until: "",
  everything: false,
  bonds: false, // all edges between actors rather than the strongest
};

function isFiltered() {
  return FACETS.some((facet) => state.chosen[facet].size) || state.least > 0 || Boolean(state.from || state.until);
}

function clearFilters() {
  for (const facet of FACETS) state.chosen[facet].clear();
  Object.assign(state, { least: 0, from: "", until: "" });
}

function clearFocus() {
  Object.assign(state, { steps: 0, path: [] });
}

function writeState() {
  const words = new URLSearchParams({ lang: language, level: state.level });
  if (document.documentElement.dataset.chosen) words.set("theme", document.documentElement.dataset.theme);
  if (state.selected !== null) words.set("node", data.nodes[state.selected].id);
  if (state.edge !== null) for (const end of edgeEnds(state.edge)) words.append("edge", data.nodes[end].id);
  if (state.steps) words.set("steps", state.steps);
  for (const number of state.path) words.append("path", data.nodes[number].id);
  for (const number of state.added) words.append("with", data.nodes[number].id);
  for (const facet of FACETS) for (const value of state.chosen[facet]) words.append(facet, facetKey(facet, value));
  for (const name of ["from", "until"]) if (state[name]) words.set(name, state[name]);
  if (state.least) words.set("least", state.least);
  for (const name of ["everything", "bonds"]) if (state[name]) words.set(name, "1");
  history.replaceState(null, "", `#${words}`);
}

function readState() {
  const words = new URLSearchParams(location.hash.slice(1));
  const numbers = new Map(data.nodes.map((node, number) => [node.id, number]));
  const find = (name) => words.getAll(name).map((id) => numbers.get(id)).filter((number) => number !== undefined);
  if (["ru", "en"].includes(words.get("lang"))) language = words.get("lang");
  if (["dark", "light"].includes(words.get("theme"))) setTheme(words.get("theme"), true);
  const wanted = [words.get("level"), looks.actors.size ? data.level : "events"];
  state.level = wanted.find((level) => LEVELS.includes(level)) ?? "actors";
  Object.assign(state, { selected: find("node")[0] ?? null, edge: null });
  state.path = find("path").length === 2 ? find("path") : [];
  state.added = new Set(find("with"));
  const steps = Math.trunc(Number(words.get("steps")));
  state.steps = state.selected !== null && steps >= 1 && steps <= 3 ? steps : 0;
  for (const facet of FACETS) {
    const values = words.getAll(facet).map((key) => facetValue(facet, key, numbers));
    state.chosen[facet] = new Set(values.filter((value) => value !== undefined));
  }
  for (const name of ["from", "until"]) state[name] = /^\d{4}-\d\d-\d\d$/.test(words.get(name)) ? words.get(name) : "";
  state.least = Math.min(1, Math.max(0, Number(words.get("least")) || 0));
  for (const name of ["everything", "bonds"]) state[name] = words.get(name) === "1";
  return find("edge");
}
