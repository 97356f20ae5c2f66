"use strict";
// The buttons of the page and the parts that they open and close.

const NARROW = "(max-width: 820px)";
const DISCLOSURES = { "filters-button": "filters", "time-button": "time-body", "export-button": "export" };
const FLOATING = new Set(["export"]); // these lie over the page and close when the reader goes on

function setDisclosed(button, open) {
  keepScale(() => (byId(DISCLOSURES[button]).hidden = !open));
  if (open && button === "time-button") fillTimeline();
  byId(button).setAttribute("aria-expanded", String(open));
}

function closeDisclosures() {
  const narrow = window.matchMedia(NARROW).matches;
  const open = Object.keys(DISCLOSURES).filter((button) => !byId(DISCLOSURES[button]).hidden && (narrow || FLOATING.has(DISCLOSURES[button])));
  open.forEach((button) => setDisclosed(button, false));
  if (open.length) byId(open[0]).focus();
  return open.length > 0;
}

function connectDisclosures() {
  const wide = !window.matchMedia(NARROW).matches;
  for (const [button, part] of Object.entries(DISCLOSURES)) {
    setDisclosed(button, wide && !FLOATING.has(part));
    byId(button).addEventListener("click", () => {
      const open = byId(part).hidden;
      if (open && !wide) Object.keys(DISCLOSURES).forEach((other) => setDisclosed(other, false));
      setDisclosed(button, open);
    });
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (!byId("export").hidden && !target.closest("#export, #export-button")) setDisclosed("export-button", false);
  });
}

function setTheme(theme, chosen = false) {
  const root = document.documentElement;
  root.dataset.theme = theme;
  if (chosen) root.dataset.chosen = "1";
}

function connectButtons() {
  const actions = {
    "actors-button": () => setLevel("actors"),
    "events-button": () => setLevel("events"),
    "language-button": switchLanguage,
    "theme-button": switchTheme,
    "core-button": showCore,
    "all-button": () => showAll("everything"),
    "bonds-button": () => showAll("bonds"),
    "fit-button": () => network.fit({ animation: false }),
    "in-button": () => zoom(1.3),
    "out-button": () => zoom(1 / 1.3),
  };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  prefersDark.addEventListener("change", () => {
    if (document.documentElement.dataset.chosen) return;
    setTheme(prefersDark.matches ? "dark" : "light");
    redraw();
  });
}

function showAll(name) {
  state[name] = !state[name];
  clearFocus();
  showPicture({ anew: name === "everything" });
}

function showCore() {
  clearFilters();
  clearFocus();
  state.added.clear();
  Object.assign(state, { everything: false, bonds: false });
  places.clear();
  showPicture({ filters: true, anew: true });
}
