"use strict";
// The search box: the beginning of any word of a name in either language, in any form; works as a list by keyboard.

const MOST_MATCHES = 12;
let index = null; // made when it is first needed
let active = -1;

function readNames() {
  return data.nodes.map((node, number) => {
    const names = [...node.name, ...(node.aliases ?? []), node.iso ?? ""].filter(Boolean).map(plain);
    return { number, names, words: [...new Set(names.flatMap((name) => name.match(LETTERS) ?? []))] };
  });
}

// 0 where a word begins so, 1 where it may be a form of the word, 2 where not.
function fit(part, words) {
  if (words.some((word) => word.startsWith(part))) return 0;
  return words.some((word) => isForm(part, word)) ? 1 : 2;
}

function findNodes(query) {
  const wanted = plain(query).match(LETTERS) ?? [];
  if (!wanted.length) return [];
  const found = [];
  index ??= readNames();
  for (const { number, names, words } of index) {
    const misses = wanted.map((part) => fit(part, words));
    if (misses.some((miss) => miss === 2)) continue;
    const rank = Math.max(...misses) * 2 + (names.some((name) => name.startsWith(wanted[0])) ? 0 : 1);
    found.push({ number, rank: rank + (data.nodes[number].kind === "Event" ? 8 : 0) });
  }
  return found.sort((a, b) => a.rank - b.rank || linksOf[b.number].length - linksOf[a.number].length).map(({ number }) => number);
}

function listMatches() {
  const box = byId("search");
  const found = findNodes(box.value);
  byId("matches").replaceChildren(...found.slice(0, MOST_MATCHES).map(matchOption));
  byId("found").textContent = box.value.trim() ? t(found.length ? "found" : "nothing", { count: found.length }) : "";
  setOpen(box.value.trim() !== "" && found.length > 0);
  byId("nothing").hidden = box.value.trim() === "" || found.length > 0;
  byId("nothing").textContent = t(data.source ? "nothing_here" : "nothing");
  activate(found.length ? 0 : -1);
}

function matchOption(number, place) {
  const node = data.nodes[number];
  const second = node.kind === "Event" ? pick(node.name) : pick([node.name[1], node.name[0]]);
  const title = nodeTitle(number);
  const words = element("span", {}, [isolated(title), second !== title ? isolated(second, "small") : null]);
  const option = element("li", { id: `match-${place}`, role: "option", "data-number": number, click: () => choose(number) }, [nodeIcon(number), words]);
  option.addEventListener("mousedown", (event) => event.preventDefault());
  return option;
}

function setOpen(open) {
  byId("matches").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  if (!open) byId("nothing").hidden = true;
}

function activate(place) {
  const options = [...document.querySelectorAll("#matches [role=option]")];
  active = options.length ? (place + options.length) % options.length : -1;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
  const box = byId("search");
  if (active < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
}

function choose(number) {
  setOpen(false);
  byId("search").value = shorten(nodeTitle(number), 60);
  if (pathStart !== null && pathStart !== number) showPath(pathStart, number);
  else openNode(number);
}

function onSearchKey(event) {
  const list = byId("matches");
  if (event.key === "Escape" && !list.hidden) {
    setOpen(false);
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) listMatches();
    else activate(active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && !list.hidden && active >= 0) {
    choose(Number(list.children[active].dataset.number));
  } else if (event.key === "Enter" && data.source && byId("search").value.trim()) {
    loadMore(byId("search").value.trim());
  }
}

function connectSearch() {
  const box = byId("search");
  box.addEventListener("input", listMatches);
  box.addEventListener("keydown", onSearchKey);
  box.addEventListener("blur", () => setOpen(false));
}
