"use strict";
// The legend, which also filters: a kind or status that is switched off is not drawn.

const STATUSES = ["planned", "ongoing", "occurred", "cancelled"];

function fillLegend() {
  const kinds = Object.keys(data.kinds).filter((kind) => data.nodes.some((node) => node.kind === kind));
  const statuses = STATUSES.filter((status) => data.nodes.some((node) => node.kind === "Event" && node.status === status));
  document.getElementById("legend").replaceChildren(
    legendPart("kinds", kinds.map((kind) => toggle(hiddenKinds, kind, t(kind), icon(kind)))),
    legendPart("statuses", statuses.map((status) => toggle(hiddenStatuses, status, capital(termLabel(status)), icon("Event", status)))),
  );
}

function legendPart(title, toggles) {
  const part = element("fieldset", {}, [element("legend", { text: t(title) }), ...toggles]);
  part.hidden = !toggles.length;
  return part;
}

function toggle(hidden, value, text, picture) {
  const box = element("input");
  box.type = "checkbox";
  box.checked = !hidden.has(value);
  box.name = value;
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(value);
    else hidden.add(value);
    refreshShown();
  });
  return element("label", {}, [box, picture, element("span", { text })]);
}

function connectLegend() {
  const button = document.getElementById("legend-button");
  const legend = document.getElementById("legend");
  const setOpen = (open) => {
    legend.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => setOpen(legend.hidden));
  setOpen(!window.matchMedia("(max-width: 720px)").matches);
}
