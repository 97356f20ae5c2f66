"use strict";
// The side panel: everything known of one node, or of what joins two, and the sentences that say so.

const STEPS = [1, 2, 3];
let pathStart = null; // of a path that waits for its end

function openPanel() {
  const panel = byId("panel");
  const parts = state.edge !== null ? edgeParts(state.edge) : nodeParts(state.selected);
  panel.replaceChildren(...parts.filter(Boolean));
  if (panel.hidden) keepScale(() => (panel.hidden = false));
  panel.scrollTop = 0;
}

function closePanel() {
  const had = byId("panel").contains(document.activeElement);
  Object.assign(state, { selected: null, edge: null, steps: 0 });
  keepScale(() => (byId("panel").hidden = true));
  showPicture();
  if (had) byId("network").focus();
}

function selectNode(number) {
  if (pathStart !== null && pathStart !== number) return showPath(pathStart, number);
  Object.assign(state, { selected: number, edge: null });
  showPicture();
}

function selectEdge(id) {
  Object.assign(state, { selected: null, edge: id, steps: 0 });
  showPicture();
}

// A node that is found or followed is shown with what it is joined to, if that is not too much.
function openNode(number) {
  if (!isFocused() || !picture.nodes.includes(number)) clearFocus();
  if (isDrawable(number) && !picture.nodes.includes(number)) {
    const near = neighboursOf(number);
    [number, ...(near.length <= 12 ? near : [])].forEach((other) => state.added.add(other));
  }
  selectNode(number);
  focusOn(number);
  byId("panel").focus({ preventScroll: true });
}

function nodeParts(number) {
  const node = data.nodes[number];
  return [closeButton(), ...heading(number, node), facts(node), walks(number), evidence([number]), ...sections(number)];
}

function closeButton() {
  return element("button", { class: "close", text: "×", click: closePanel, "aria-label": t("close") });
}

function heading(number, node) {
  const [ru, en] = node.name;
  const [first, second] = language === "ru" ? [ru, en] : [en, ru];
  const kind = element("p", { class: "kind" }, [nodeIcon(number), element("span", { text: capital(termLabel(node.type)) })]);
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
  addFact(list, t("match"), node.matches && element("span", {}, node.matches.map(matchLink)));
  addFact(list, t("confidence"), node.confidence !== undefined && `${Math.round(node.confidence * 100)} %`);
  return list.children.length ? list : null;
}

function matchLink(iri) {
  const name = shorten(iri.split("/").pop() || iri, 60);
  const entity = /^https?:\/\/www\.wikidata\.org\/entity\/(Q\d+)$/.exec(iri);
  return entity ? link(`https://www.wikidata.org/wiki/${entity[1]}`, `Wikidata ${name}`) : link(iri, name);
}

// What several articles together say: pairs of Russian and English.
function remarks(labels) {
  return isolated(labels.map(pick).join("; "), "span");
}

function addFact(list, name, value) {
  if (value) list.append(element("dt", { text: name }), element("dd", {}, [value]));
}

// From here: what is joined to it, the network around it, the way to another node.
function walks(number) {
  if (!isDrawable(number)) return wideButton(t("show_events"), () => setLevel("events", number));
  const hidden = hiddenNeighbours(number).length;
  const steps = element("div", { role: "group", "aria-label": t("around"), class: "steps" }, [element("span", { text: t("around") }), ...STEPS.map(stepButton)]);
  return element("div", { class: "walks" }, [
    hidden ? wideButton(t("neighbours", { count: hidden }), () => expand(number)) : null,
    data.source ? wideButton(t("load"), () => loadMore(number)) : null,
    steps,
    pathButton(number),
    isFocused() ? element("button", { text: t("whole"), click: leaveFocus }) : null,
  ]);
}

function wideButton(text, click) {
  return element("button", { class: "expand", text, click });
}

function pathButton(number) {
  const waiting = pathStart === number;
  return element("button", { text: t(waiting ? "path_end" : "path"), "aria-pressed": String(waiting), click: () => beginPath(number) });
}

function stepButton(step) {
  const chosen = state.steps === step;
  const choose = () => {
    Object.assign(state, { steps: chosen ? 0 : step, path: [] });
    showPicture({ anew: true });
  };
  return element("button", { text: String(step), "aria-pressed": String(chosen), "aria-label": t("steps", { count: step }), click: choose });
}

function leaveFocus() {
  clearFocus();
  showPicture({ anew: true });
}

function expand(number) {
  [number, ...hiddenNeighbours(number)].slice(0, STEP_LIMIT).forEach((other) => state.added.add(other));
  clearFocus();
  selectNode(number);
}

function beginPath(number) {
  pathStart = pathStart === number ? null : number;
  announce(pathStart === null ? "" : t("path_hint"));
  openPanel();
}

function showPath(from, to) {
  pathStart = null;
  const found = shortestPath(from, to);
  if (!found.length) return announce(t("no_path"));
  Object.assign(state, { path: [from, to], steps: 0, selected: to, edge: null });
  showPicture({ anew: true });
  announce(t("path_found", { count: found.length - 1 }));
}

// What joins two: the events of a pair of actors by kind and time, or the role of a link, with all evidence.
function edgeParts(id) {
  const edge = openEdge(state.level, id);
  const ends = element("ul", {}, edgeEnds(id).map((number) => nodeEntry(number)));
  const title = element("h2", { text: t(state.level === "actors" ? "between" : "link") });
  return [closeButton(), title, ends, ...(state.level === "actors" ? bondParts(edge) : linkParts(edge))];
}

function linkParts({ from, links }) {
  return [element("p", { class: "counts", text: capital(linkRoles(links).join(", ")) }), evidence([from])];
}

function bondParts(edge) {
  const events = [...edge.open].sort(byTime);
  const kinds = events.length ? element("p", { class: "counts", text: capital(countTypes(events)) }) : null;
  const list = section(t("events"), events.map((event) => nodeEntry(event)));
  return [kinds, section(t("tenures"), officeEntries(edge)), list, evidence(events.slice(0, FIRST_SHOWN))];
}

function officeEntries({ from, to }) {
  const between = data.links.filter(([a, b, role]) => role === "tenure" && ((a === from && b === to) || (a === to && b === from)));
  return between.length ? [tenureEntry(between[0][0], between)] : [];
}
