"use strict";
// More of the store, where the page comes from a server: what lies around a thing, taken in beside what is here.

async function loadAround(name) {
  const address = new URL(data.source, location.href);
  address.search = new URLSearchParams({ entity: name, lang: language });
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const part = await answer.json();
  return part.nodes ? takeIn(part) : null;
}

// Shows what the store has around a node, which is given by its number, or by a name that the page does not know.
async function loadMore(wanted) {
  announce(t("loading"));
  const found = await loadAround(typeof wanted === "number" ? iriOf(wanted) : wanted).catch(() => null);
  if (!found) return announce(t("not_loaded"));
  announce(t("loaded", { count: found.fresh }));
  const centre = typeof wanted === "number" ? wanted : findNodes(wanted)[0] ?? found.numbers[0];
  showPicture({ filters: true });
  if (isDrawable(centre)) expand(centre);
  else openNode(centre);
}

// The numbers of a part's nodes in the page, and how many of them are new.
function takeIn(part) {
  const before = data.nodes.length;
  const sources = takeAll(data.sources, part.sources, (source) => source.id);
  const quotes = takeAll(data.quotes, part.quotes.map(([text, source]) => [text, sources[source]]), (quote) => quote.join("\n"));
  const requote = (numbers) => numbers?.map((number) => quotes[number]);
  const numbers = takeAll(data.nodes, part.nodes.map((node) => (node.quotes ? { ...node, quotes: requote(node.quotes) } : node)), (node) => node.id);
  const renumbered = part.links.map(([source, target, role, title, start, end, own]) => [numbers[source], numbers[target], role, title, start, end, requote(own)]);
  const links = takeAll(data.links, renumbered, ([source, target, role, title, start]) => [source, target, role, ...(title ?? []), start ?? ""].join("\n"));
  for (const level of LEVELS) takeLevel(data.levels[level], part.levels[level], numbers, links);
  Object.assign(data.terms, part.terms);
  readAll();
  return { numbers, fresh: data.nodes.length - before };
}

// Adds what is not there yet; the places of all in the list that they were added to.
function takeAll(list, more, key) {
  const places = new Map(list.map((thing, place) => [key(thing), place]));
  return more.map((thing) => {
    if (!places.has(key(thing))) places.set(key(thing), list.push(thing) - 1);
    return places.get(key(thing));
  });
}

function takeLevel(level, part, numbers, links) {
  takeAll(level.nodes, part.nodes.map((node) => ({ ...node, id: numbers[node.id] })), (node) => node.id);
  const pairs = new Map(level.edges.map((edge) => [`${edge.from} ${edge.to}`, edge]));
  for (const { from, to, ...edge } of part.edges) {
    const pair = [numbers[from], numbers[to]];
    const known = pairs.get(pair.join(" "));
    const more = edge.links ? { links: edge.links.map((n) => links[n]) } : { events: edge.events.map((n) => numbers[n]) };
    if (known) joinEdge(known, more, edge.office);
    else level.edges.push({ ...edge, ...more, from: pair[0], to: pair[1] });
  }
}

function joinEdge(edge, more, office) {
  for (const [name, values] of Object.entries(more)) edge[name] = [...new Set([...edge[name], ...values])];
  if (office) edge.office = true;
}
