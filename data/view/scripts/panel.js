"use strict";
// The side panel: everything known of one node, and the sentences that say so.

const OUTGOING = ["participant", "country", "host", "target", "place", "document", "party", "subEventOf", "within"];
const linksOf = data.nodes.map(() => []);
data.links.forEach(([source, target], number) => {
  linksOf[source].push(number);
  linksOf[target].push(number);
});

function openPanel(number) {
  selected = number;
  const panel = document.getElementById("panel");
  panel.replaceChildren(...panelParts(number).filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
  network.selectNodes(isVisible(number) ? [number] : []);
  writeState();
}

function closePanel() {
  selected = null;
  document.getElementById("panel").hidden = true;
  network.unselectAll();
  writeState();
}

function openNode(number) {
  hiddenKinds.delete(data.nodes[number].kind);
  hiddenStatuses.delete(data.nodes[number].status);
  show([number, ...neighbours[number].size <= 12 ? neighbours[number] : []]);
  fillLegend();
  openPanel(number);
  focusOn(number);
  document.getElementById("panel").focus({ preventScroll: true });
}

function panelParts(number) {
  const node = data.nodes[number];
  return [closeButton(), ...heading(number, node), facts(node), evidence(node), expandButton(number), ...sections(number)];
}

function closeButton() {
  const button = element("button", { class: "close", text: "×", click: closePanel });
  button.setAttribute("aria-label", t("close"));
  return button;
}

function heading(number, node) {
  const [ru, en] = node.name;
  const [first, second] = language === "ru" ? [ru, en] : [en, ru];
  const kind = element("p", { class: "kind" }, [icon(node.kind, node.status), element("span", { text: capital(termLabel(node.type)) })]);
  const other = second && second !== first ? isolated(second, "p", "other") : null;
  return [kind, isolated(first || node.id, "h2"), other];
}

function facts(node) {
  const list = element("dl");
  addFact(list, t("also"), node.aliases && isolated(node.aliases.join(", "), "span"));
  addFact(list, t("date"), formatPeriod(node.start, node.end) || (node.kind === "Event" ? t("no_date") : ""));
  addFact(list, t("status"), node.status && capital(termLabel(node.status)));
  addFact(list, t("conflicts"), node.conflicts && remarks(node.conflicts));
  addFact(list, t("stages"), node.stages && remarks(node.stages));
  addFact(list, t("rank"), node.rank && capital(termLabel(node.rank)));
  addFact(list, t("topics"), node.topics && node.topics.map(termLabel).join(", "));
  addFact(list, t("iso"), node.iso);
  addFact(list, t("match"), node.matches && element("span", {}, node.matches.map((iri) => link(iri, shorten(iri.split("/").pop() || iri, 60)))));
  addFact(list, t("confidence"), node.confidence !== undefined && `${Math.round(node.confidence * 100)} %`);
  return list.children.length ? list : null;
}

// What several articles together say: pairs of Russian and English.
function remarks(labels) {
  return isolated(labels.map(([ru, en]) => (language === "ru" ? ru : en)).join("; "), "span");
}

function addFact(list, name, value) {
  if (value) list.append(element("dt", { text: name }), element("dd", {}, [value]));
}

function expandButton(number) {
  const count = hiddenNeighbours(number).length;
  return count ? element("button", { class: "expand", text: t("neighbours", { count }), click: () => expand(number) }) : null;
}

// Each role has a section: what this node names, then what names it, events in the order of time.
function sections(number) {
  const links = linksOf[number].map((id) => data.links[id]);
  const out = (role) => links.filter((l) => l[0] === number && l[2] === role);
  const into = (...roles) => links.filter((l) => l[1] === number && roles.includes(l[2]));
  const naming = (kind) => links.filter((l) => l[1] === number && data.nodes[l[0]].kind === kind && l[2] !== "subEventOf");
  return [
    ...OUTGOING.map((role) => section(t(role), entries(out(role), 1))),
    section(t("tenures"), tenureEntries(out("tenure"), 1)),
    section(t("sub_events"), entries(into("subEventOf"), 0)),
    section(t("events"), entries(naming("Event"), 0, true)),
    section(t("documents"), entries(naming("Document"), 0)),
    section(t("contains"), entries(into("within"), 0)),
    section(t("holders"), tenureEntries(into("tenure"), 0)),
  ];
}

function section(title, items) {
  if (!items.length) return null;
  const heading = element("h3", { text: `${title} ` }, [element("small", { text: items.length > 3 ? String(items.length) : "" })]);
  return element("section", {}, [heading, element("ul", {}, items)]);
}

function entries(links, end, withRole = false) {
  const roles = new Map();
  for (const l of links) roles.set(l[end], [...(roles.get(l[end]) ?? []), termLabel(l[2])]);
  const numbers = [...roles.keys()].sort(byTime);
  return numbers.map((number) => nodeEntry(number, withRole ? roles.get(number).join(", ") : ""));
}

// Undated things come last; of two on one day the name decides.
function byTime(a, b) {
  const [first, second] = [a, b].map((number) => data.nodes[number].sort || "9999");
  return first.localeCompare(second) || nodeTitle(a).localeCompare(nodeTitle(b));
}

function nodeEntry(number, note = "") {
  const node = data.nodes[number];
  const button = element("button", { class: "node", click: () => openNode(number) }, [icon(node.kind, node.status), isolated(nodeTitle(number))]);
  const details = [node.kind === "Event" ? others(number) : "", note, statusNote(node)].filter(Boolean).join(" · ");
  return element("li", {}, [button, details ? isolated(details, "span", "note") : null]);
}

function statusNote(node) {
  if (node.kind === "Document") return [termLabel(node.type), node.status && termLabel(node.status), parties(node)].filter(Boolean).join(", ");
  return ["planned", "cancelled", "ongoing"].includes(node.status) ? termLabel(node.status) : "";
}

function others(number) {
  const names = linksOf[number].map((id) => data.links[id]).filter((l) => l[0] === number && l[2] === "participant" && l[1] !== selected);
  return shorten(names.map((l) => pick(data.nodes[l[1]].name)).join(", "), 90);
}

function parties(node) {
  const own = data.nodes.indexOf(node);
  const names = linksOf[own].map((id) => data.links[id]).filter((l) => l[0] === own && l[2] === "party");
  return shorten(names.map((l) => pick(data.nodes[l[1]].name)).join(", "), 90);
}

// One entry for each person or body; a title without dates is left out where the same title stands with dates.
function tenureEntries(links, end) {
  const others = [...new Set(links.map((l) => l[end]))];
  return others.map((other) => tenureEntry(other, links.filter((l) => l[end] === other)));
}

function tenureEntry(other, links) {
  const dated = new Set(links.filter(([, , , , start]) => start).map(([, , , title]) => pick(title ?? [""])));
  const lines = links.map(([, , , title, start, end]) => {
    const name = pick(title ?? [""]);
    return !start && dated.has(name) ? "" : [name, formatPeriod(start, end)].filter(Boolean).join(", ");
  });
  const notes = [...new Set(lines)].filter(Boolean).map((line) => isolated(line, "span", "note"));
  const quotes = [...new Set(links.flatMap(([, , , , , , numbers]) => numbers ?? []))].map(quoteBlock);
  const item = nodeEntry(other);
  item.append(...notes, ...quotes);
  return item;
}

function evidence(node) {
  if (!node.quotes) return null;
  return element("section", { class: "evidence" }, [element("h3", { text: t("evidence") }), ...node.quotes.map(quoteBlock)]);
}

function quoteBlock(number) {
  const [text, source] = data.quotes[number];
  return element("figure", {}, [isolated(text, "blockquote"), sourceLine(data.sources[source])]);
}

function sourceLine(source) {
  const title = source.title || source.url || source.id;
  const rest = [source.outlet, source.date && formatDate(source.date)].filter(Boolean).join(", ");
  const address = source.open ? link(source.url, title) : isolated(title);
  const shownUrl = source.url && !source.open && source.title ? isolated(source.url, "span", "note") : null;
  return element("figcaption", {}, [address, rest ? isolated(rest, "span", "note") : null, shownUrl]);
}
