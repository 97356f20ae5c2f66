"use strict";
// The lists of the panel: what a node names and what names it, events in the order of time.

const OUTGOING = ["participant", "country", "host", "target", "place", "document", "party", "subEventOf", "within"];
const FIRST_SHOWN = 40;

function sections(number) {
  const out = (role) => linksFrom(number).filter((l) => l[2] === role);
  const into = (...roles) => linksTo(number).filter((l) => roles.includes(l[2]));
  const naming = (kind) => linksTo(number).filter((l) => data.nodes[l[0]].kind === kind && l[2] !== "subEventOf");
  return [
    ...OUTGOING.map((role) => section(t(role), entries(out(role), 1))),
    section(t("tenures"), tenureEntries(out("tenure"), 1)),
    section(t("sub_events"), entries(into("subEventOf"), 0)),
    section(t("counterparts"), counterparts(number)),
    section(t("events"), entries(naming("Event"), 0, true)),
    section(t("documents"), entries(naming("Document"), 0)),
    section(t("contains"), entries(into("within"), 0)),
    section(t("holders"), tenureEntries(into("tenure"), 0)),
  ];
}

// A long list shows its beginning first; the rest on demand.
function section(title, items) {
  if (!items.length) return null;
  const heading = element("h3", { text: `${title} ` }, [element("small", { text: items.length > 3 ? String(items.length) : "" })]);
  const list = element("ul", {}, items.slice(0, FIRST_SHOWN));
  const rest = items.slice(FIRST_SHOWN);
  const more = rest.length ? element("button", { class: "more", text: t("more", { count: rest.length }) }) : null;
  more?.addEventListener("click", () => {
    list.append(...rest);
    more.remove();
  });
  return element("section", {}, [heading, list, more]);
}

function entries(links, end, withRole = false) {
  const roles = new Map();
  for (const l of links) roles.set(l[end], [...(roles.get(l[end]) ?? []), termLabel(l[2])]);
  return [...roles.keys()].sort(byTime).map((number) => nodeEntry(number, withRole ? roles.get(number).join(", ") : ""));
}

// Undated things come last; of two on one day the name decides.
function byTime(a, b) {
  const [first, second] = [a, b].map((number) => data.nodes[number].sort || "9999");
  return first.localeCompare(second) || nodeTitle(a).localeCompare(nodeTitle(b));
}

function nodeEntry(number, note = "") {
  const node = data.nodes[number];
  const button = element("button", { class: "node", click: () => openNode(number) }, [nodeIcon(number), isolated(nodeTitle(number))]);
  const details = [node.kind === "Event" ? others(number) : "", note, statusNote(number)].filter(Boolean).join(" · ");
  return element("li", {}, [button, details ? isolated(details, "span", "note") : null]);
}

function statusNote(number) {
  const node = data.nodes[number];
  if (node.kind === "Document") return [termLabel(node.type), node.status && termLabel(node.status), targets(number, "party")].filter(Boolean).join(", ");
  return ["planned", "cancelled", "ongoing"].includes(node.status) ? termLabel(node.status) : "";
}

function others(number) {
  return targets(number, "participant") || targets(number, "country");
}

function targets(number, role) {
  const names = linksFrom(number).filter((l) => l[2] === role && l[1] !== state.selected);
  return shorten(names.map((l) => pick(data.nodes[l[1]].name)).join(", "), 90);
}

// With whom an actor has most to do, by what the filters leave; a click shows these events.
function counterparts(number) {
  const bonds = edgesOf("actors", number).map((id) => openEdge("actors", id)).filter((edge) => edge.open.length);
  return bonds.sort((a, b) => b.open.length - a.open.length).slice(0, 8).map((edge) => bondEntry(edge, otherEnd(edge, number)));
}

function bondEntry(edge, other) {
  const count = element("small", { text: String(edge.open.length) });
  const open = () => {
    setLevel("actors");
    state.added.add(edge.from).add(edge.to);
    selectEdge(edge.id);
  };
  return element("li", {}, [element("button", { class: "node", click: open }, [nodeIcon(other), isolated(nodeTitle(other)), count])]);
}

// One entry for each person or body; a title without dates is left out where the same title stands with dates.
function tenureEntries(links, end) {
  const ends = [...new Set(links.map((l) => l[end]))];
  return ends.map((other) => tenureEntry(other, links.filter((l) => l[end] === other)));
}

function tenureEntry(other, links) {
  const dated = new Set(links.filter(([, , , , start]) => start).map(([, , , title]) => pick(title ?? [""])));
  const lines = links.map(([, , , title, start, end]) => {
    const name = pick(title ?? [""]);
    return !start && dated.has(name) ? "" : [name, formatPeriod(start, end)].filter(Boolean).join(", ");
  });
  const notes = [...new Set(lines)].filter(Boolean).map((line) => isolated(line, "span", "note"));
  const quotes = [...new Set(links.flatMap(([, , , , , , numbers]) => numbers ?? []))];
  const words = tellingWords([other, ...links.map(([source]) => source)]).concat(wordsOf(links.map(([, , , title]) => (title ?? [""])[0])));
  const item = nodeEntry(other);
  item.append(...notes, ...quotes.map((quote) => quoteBlock(quote, words)));
  return item;
}
