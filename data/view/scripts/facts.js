"use strict";
// What follows from the data once and for all: the links of each node, and what each statement may be filtered by.

const NAMED = { Country: "country", Person: "person", Organization: "organization" };
const ACTING = new Set(["participant", "country", "host", "target", "party"]);
let linksOf = [];
let statements = []; // numbers of events, and of documents that no event names
let factsOf = new Map();

function readFacts() {
  linksOf = data.nodes.map(() => []);
  data.links.forEach(([source, target], number) => {
    linksOf[source].push(number);
    linksOf[target].push(number);
  });
  statements = data.nodes.flatMap((_, number) => (isStatement(number) ? [number] : []));
  factsOf = new Map(statements.map((number) => [number, makeFacts(number)]));
}

function isStatement(number) {
  const { kind } = data.nodes[number];
  return kind === "Event" || (kind === "Document" && !linksOf[number].some((id) => data.links[id][1] === number));
}

function linksFrom(number) {
  return linksOf[number].map((id) => data.links[id]).filter(([source]) => source === number);
}

function linksTo(number) {
  return linksOf[number].map((id) => data.links[id]).filter(([, target]) => target === number);
}

// The values of a statement by facet: strings, or the numbers of the nodes that it names.
function makeFacts(number) {
  const node = data.nodes[number];
  const facts = { type: [node.type], status: node.status ? [node.status] : [], country: [], person: [], organization: [] };
  for (const [, target, role] of linksFrom(number)) {
    const facet = ACTING.has(role) && NAMED[data.nodes[target].kind];
    if (facet && !facts[facet].includes(target)) facts[facet].push(target);
  }
  facts.topic = node.topics ?? [];
  facts.source = [...new Set((node.quotes ?? []).map((quote) => outlet(data.sources[data.quotes[quote][1]])))];
  return { ...facts, confidence: node.confidence ?? 1, bounds: periodBounds(node) };
}

function outlet(source) {
  return source.outlet || (source.open ? new URL(source.url).hostname : "");
}

function facetKey(facet, value) {
  return typeof value === "number" ? data.nodes[value].id : value;
}

function facetValue(facet, key, numbers) {
  return Object.values(NAMED).includes(facet) ? numbers.get(key) : key;
}

function facetLabel(facet, value) {
  if (typeof value === "number") return pick(data.nodes[value].name);
  if (facet === "source") return value || t("no_source");
  return capital(termLabel(value));
}
