"use strict";
// The page as a whole: language, theme, buttons, keys, and the state in the address.

function labelPage() {
  document.documentElement.lang = language;
  const texts = { "legend-button": "legend", "language-button": "language", "core-button": "core", "all-button": "all", "fit-button": "fit" };
  for (const [id, key] of Object.entries(texts)) document.getElementById(id).textContent = t(key);
  const labels = { "in-button": "closer", "out-button": "farther", "language-button": "language_title", search: "search", network: "network", legend: "legend", panel: "details" };
  for (const [id, key] of Object.entries(labels)) document.getElementById(id).setAttribute("aria-label", t(key));
  document.getElementById("search").placeholder = t("search");
  fillLegend();
  refreshShown();
  if (selected !== null) openPanel(selected);
}

function switchLanguage() {
  language = language === "ru" ? "en" : "ru";
  redraw();
  labelPage();
  writeState();
}

function connectButtons() {
  const everything = data.nodes.map((_, number) => number);
  const actions = {
    "language-button": switchLanguage,
    "core-button": () => showOnly(data.core),
    "all-button": () => showOnly(everything),
    "fit-button": () => network.fit(),
    "in-button": () => network.moveTo({ scale: network.getScale() * 1.3 }),
    "out-button": () => network.moveTo({ scale: network.getScale() / 1.3 }),
  };
  for (const [id, action] of Object.entries(actions)) document.getElementById(id).addEventListener("click", action);
}

function onKey(event) {
  const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
  if (event.key === "Escape") closePanel();
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.getElementById("search").focus();
  }
}

// The chosen node and the language stand in the fragment, so that a link shows what its sender saw.
function writeState() {
  const state = new URLSearchParams({ lang: language });
  if (selected !== null) state.set("node", data.nodes[selected].id);
  history.replaceState(null, "", `#${state}`);
}

function readState() {
  const state = new URLSearchParams(location.hash.slice(1));
  if (["ru", "en"].includes(state.get("lang"))) language = state.get("lang");
  return data.nodes.findIndex((node) => node.id === state.get("node"));
}

function start() {
  const wanted = readState();
  makeNetwork();
  labelPage();
  connectButtons();
  connectSearch();
  connectLegend();
  document.addEventListener("keydown", onKey);
  darkScheme.addEventListener("change", () => {
    redraw();
    labelPage();
  });
  if (wanted >= 0) openNode(wanted);
  else openView();
}

start();
