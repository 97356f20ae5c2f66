"use strict";
// The page as a whole: what is shown after each choice of the reader, language, theme, and the start.

const TEXTS = "filters time export core all fit actors events from until png csv graphml ttl sparql least clear".split(" ");
const SAME = "search network timeline filters matches sparql levels".split(" "); // labels called as their elements are
const LABELS = {
  ...Object.fromEntries(SAME.map((name) => [name, name])),
  "in-button": "closer",
  "out-button": "farther",
  "language-button": "language_title",
  "theme-button": "theme_title",
  panel: "details",
};

// Everything that depends on the choice; "filters": it changed, "anew": the view is set on what is shown.
function showPicture({ filters = false, anew = false } = {}) {
  if (filters) applyFilters();
  choosePicture();
  const moved = placeNodes();
  drawPicture();
  if (anew || moved) openView();
  if (filters) {
    fillFilters();
    fillTimeline();
  }
  fillLegend();
  labelCount();
  if (state.selected !== null || state.edge !== null) openPanel();
  writeState();
}

function labelCount() {
  const { level, everything, bonds } = state;
  const all = looks[level].size;
  byId("count").textContent = t("count", { shown: picture.nodes.length, all });
  byId("all-button").hidden = !everything && (picture.nodes.length === all || all > MOST_AT_ONCE);
  byId("all-button").setAttribute("aria-pressed", String(everything));
  byId("bonds-button").hidden = level !== "actors" || state.path.length > 0;
  byId("bonds-button").setAttribute("aria-pressed", String(bonds));
  byId("bonds-button").textContent = t("bonds");
  byId("empty").hidden = picture.nodes.length > 0;
  byId("empty").textContent = t(isFiltered() ? "empty" : "nothing_told");
  for (const name of LEVELS) byId(`${name}-button`).setAttribute("aria-pressed", String(level === name));
}

function setLevel(level, number = state.selected) {
  if (state.level !== level) {
    Object.assign(state, { level, edge: null, everything: false });
    clearFocus();
    emptyPicture();
    if (number !== null && isDrawable(number)) state.added.add(number);
  }
  if (number === null) closePanel();
  showPicture({ anew: true });
  if (number !== null) focusOn(number);
}

function emptyPicture() {
  picture = { nodes: [], edges: [] };
  nodes.clear();
  edges.clear();
  places.clear();
}

function labelPage() {
  document.documentElement.lang = language;
  for (const key of TEXTS) for (const made of document.querySelectorAll(`[data-text="${key}"]`)) made.textContent = t(`${key}_button`);
  for (const [id, key] of Object.entries(LABELS)) byId(id).setAttribute("aria-label", t(key));
  byId("search").placeholder = t("search");
  byId("language-button").textContent = t("language");
  byId("theme-button").textContent = isDark() ? "☀" : "☾";
}

function announce(text) {
  byId("message").textContent = text;
  byId("message").hidden = !text;
  clearTimeout(announce.timer);
  if (text) announce.timer = setTimeout(() => announce(""), 6000);
}

function switchLanguage() {
  language = language === "ru" ? "en" : "ru";
  labelPage();
  relabelTimeline();
  byId("filter-lists").querySelectorAll("details").length && fillFilters();
  showPicture({ filters: true });
}

function switchTheme() {
  setTheme(isDark() ? "light" : "dark", true);
  redraw();
}

function redraw() {
  labelPage();
  network.setOptions(canvasOptions());
  showPicture({ filters: true });
}

async function startPage() {
  await readData();
  setTheme(prefersDark.matches ? "dark" : "light");
  readRegions();
  readAll();
  readState();
  makeNetwork();
  connectDisclosures();
  makeTimeline();
  connectAll();
  followAddress();
  window.addEventListener("hashchange", followAddress);
  document.documentElement.dataset.ready = "1";
}

// What is worked out from the data, each time that there is more of it.
function readAll() {
  readFacts();
  index = null;
  readLevels();
}

// The address as it was opened, or as the reader changed it afterwards.
function followAddress() {
  emptyPicture();
  const ends = readState();
  labelPage();
  relabelTimeline();
  if (state.selected === null) byId("panel").hidden = true;
  showPicture({ filters: true, anew: true });
  openWanted(ends);
}

function connectAll() {
  for (const connect of [connectButtons, connectSearch, connectFilters, connectTimeline, connectExport, connectKeys]) connect();
}

// What the address names: a node, or the edge between two.
function openWanted(ends) {
  if (state.selected !== null && !isFocused()) openNode(state.selected);
  const edge = ends.length === 2 && edgesOf(state.level, ends[0]).find((id) => edgeEnds(id).includes(ends[1]));
  if (edge !== false && edge !== undefined) selectEdge(edge);
}

// Browsers of before 2023 cannot inflate the data.
function fail(error) {
  byId("empty").hidden = false;
  byId("empty").textContent = `This browser cannot show the page. Этот браузер не может показать страницу. (${error.message})`;
  throw error;
}

startPage().catch(fail);
