"use strict";
// The lists of filters, with what each choice would leave beside it.

const OPEN_AT_FIRST = ["type", "status"];
const FIRST_VALUES = 7;
const MOST_VALUES = 60;
const longLists = new Set(); // facets shown at full length
const wantedNames = {}; // facet → what its values are searched for

function fillFilters() {
  const holder = byId("filter-lists");
  const focused = document.activeElement?.dataset?.key;
  const opened = new Set([...holder.querySelectorAll("details[open]")].map((made) => made.dataset.facet));
  const first = !holder.children.length;
  const isOpenAtFirst = (facet) => OPEN_AT_FIRST.includes(facet) || state.chosen[facet].size > 0;
  const isUnfolded = (facet) => (first ? isOpenAtFirst(facet) : opened.has(facet));
  holder.replaceChildren(...FACETS.map((facet) => facetPart(facet, isUnfolded(facet))).filter(Boolean));
  byId("least").value = Math.round(state.least * 100);
  byId("least-value").textContent = `≥ ${Math.round(state.least * 100)} %`;
  byId("clear-button").hidden = !isFiltered();
  byId("matched").textContent = t("matched", { count: matched.size, all: statements.length });
  if (focused) [...holder.querySelectorAll("[data-key]")].find((made) => made.dataset.key === focused)?.focus();
}

function facetPart(facet, open) {
  const values = facetValues(facet);
  if (!values.length) return null;
  const chosen = state.chosen[facet].size;
  const summary = element("summary", { text: t(`filter_${facet}`) }, [chosen ? element("small", { text: ` ${chosen}` }) : null]);
  const part = element("details", { "data-facet": facet }, [summary, facetBody(facet, values)]);
  part.open = open;
  return part;
}

function facetBody(facet, values) {
  const list = element("div", { class: "values" });
  const fill = () => list.replaceChildren(...shownValues(facet, values).map((value) => valueBox(facet, value)));
  fill();
  if (values.length <= FIRST_VALUES) return list;
  if (values.length <= 2 * FIRST_VALUES) return element("div", {}, [list, moreButton(facet, values, fill)]);
  const label = `${t(`filter_${facet}`)}: ${t("narrow")}`;
  const finder = element("input", { type: "search", class: "narrow", placeholder: t("narrow"), "aria-label": label, "data-key": `find ${facet}` });
  finder.value = wantedNames[facet] ?? "";
  finder.addEventListener("input", () => {
    wantedNames[facet] = finder.value;
    fill();
  });
  return element("div", {}, [finder, list, moreButton(facet, values, fill)]);
}

function moreButton(facet, values, fill) {
  const hidden = values.length - FIRST_VALUES;
  const text = () => t(longLists.has(facet) ? "fewer" : "more", { count: hidden });
  const button = element("button", { class: "more", text: text(), "data-key": `more ${facet}` });
  button.addEventListener("click", () => {
    if (!longLists.delete(facet)) longLists.add(facet);
    button.textContent = text();
    fill();
  });
  return button;
}

// What is chosen always shows; besides, the most frequent or what the reader looks for.
function shownValues(facet, values) {
  const wanted = plain(wantedNames[facet] ?? "");
  const fits = (value) => wanted && plain(facetLabel(facet, value)).split(/\s+/).some((word) => word.startsWith(wanted));
  const most = longLists.has(facet) || wanted ? MOST_VALUES : FIRST_VALUES;
  const rest = values.filter((value) => !state.chosen[facet].has(value) && (!wanted || fits(value)));
  return [...values.filter((value) => state.chosen[facet].has(value)), ...rest].slice(0, Math.max(most, state.chosen[facet].size));
}

function valueBox(facet, value) {
  const box = element("input", { type: "checkbox", name: `${facet} ${facetKey(facet, value)}`, "data-key": `${facet} ${facetKey(facet, value)}` });
  box.checked = state.chosen[facet].has(value);
  box.addEventListener("change", () => {
    if (box.checked) state.chosen[facet].add(value);
    else state.chosen[facet].delete(value);
    filterPicture();
  });
  const picture = typeof value === "number" ? nodeIcon(value) : facet === "status" ? icon("Event", value) : null;
  const count = element("span", { class: "count", text: String(counts[facet].get(value) ?? 0) });
  return element("label", {}, [box, picture, isolated(facetLabel(facet, value)), count]);
}

function filterPicture() {
  state.added.clear();
  clearFocus();
  stopPlaying();
  showPicture({ filters: true });
}

function connectFilters() {
  byId("least").addEventListener("input", () => {
    state.least = Number(byId("least").value) / 100;
    filterPicture();
  });
  byId("clear-button").addEventListener("click", () => {
    clearFilters();
    filterPicture();
    byId("filters-button").focus();
  });
}
