"use strict";
// The search box: the beginning of any word of a name in either language; arrows, Enter and Escape work as in a list.

const MOST_MATCHES = 12;
const WORD = /[\p{L}\p{N}]+/gu;
const index = data.nodes.map((node, number) => {
  const names = [...node.name, ...(node.aliases ?? []), node.iso ?? ""].map(plain);
  return { number, names, words: names.flatMap((name) => name.match(WORD) ?? []) };
});
let active = -1;

function plain(text) {
  return text.toLowerCase().replaceAll("ё", "е").normalize("NFD").replace(/(?!\u0306)[\u0300-\u036f]/g, "").normalize("NFC");
}

function findNodes(query) {
  const wanted = plain(query).match(WORD) ?? [];
  if (!wanted.length) return [];
  const found = index.filter(({ words }) => wanted.every((part) => words.some((word) => word.startsWith(part))));
  const rank = ({ number, names }) =>
    (names.some((name) => name.startsWith(wanted[0])) ? 0 : 1) + (data.nodes[number].kind === "Event" ? 4 : 0);
  return found.sort((a, b) => rank(a) - rank(b) || neighbours[b.number].size - neighbours[a.number].size).map(({ number }) => number);
}

function listMatches() {
  const box = document.getElementById("search");
  const list = document.getElementById("matches");
  const found = findNodes(box.value);
  list.replaceChildren(...found.slice(0, MOST_MATCHES).map(matchOption));
  if (!found.length) list.append(element("li", { class: "nothing", text: t("nothing") }));
  setOpen(box.value.trim() !== "");
  activate(found.length ? 0 : -1);
}

function matchOption(number, place) {
  const node = data.nodes[number];
  const second = node.kind === "Event" ? pick(node.name) : pick([node.name[1], node.name[0]]);
  const title = nodeTitle(number);
  const option = element("li", { click: () => choose(number) }, [
    icon(node.kind, node.status),
    element("span", {}, [isolated(title), second !== title ? isolated(second, "small") : null]),
  ]);
  option.id = `match-${place}`;
  option.setAttribute("role", "option");
  option.dataset.number = number;
  option.addEventListener("mousedown", (event) => event.preventDefault());
  return option;
}

function setOpen(open) {
  document.getElementById("matches").hidden = !open;
  document.getElementById("search").setAttribute("aria-expanded", String(open));
}

function activate(place) {
  const options = [...document.querySelectorAll("#matches [role=option]")];
  active = options.length ? (place + options.length) % options.length : -1;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
  const box = document.getElementById("search");
  if (active < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
}

function choose(number) {
  setOpen(false);
  document.getElementById("search").value = shorten(nodeTitle(number), 60);
  openNode(number);
}

function onSearchKey(event) {
  const list = document.getElementById("matches");
  if (event.key === "Escape" && !list.hidden) {
    setOpen(false);
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) listMatches();
    else activate(active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && !list.hidden && active >= 0) {
    choose(Number(list.children[active].dataset.number));
  }
}

function connectSearch() {
  const box = document.getElementById("search");
  box.addEventListener("input", listMatches);
  box.addEventListener("keydown", onSearchKey);
  box.addEventListener("blur", () => setOpen(false));
}
