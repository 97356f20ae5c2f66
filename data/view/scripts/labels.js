"use strict";
// What stands beside a node: two lines at most, three where an event lasts long, so that none touches the next row.

const LABEL = 158; // pixels at zoom 1, of a cell's 160
const LONGEST = 80; // letters that are measured
const ruler = document.createElement("canvas").getContext("2d");
const broken = new Map(); // size and text → lines

function nodeTitle(number) {
  const node = data.nodes[number];
  return node.kind === "Event" ? eventTitle(node) : pick(node.name);
}

function eventTitle(node) {
  const when = formatPeriod(node.start, node.end, "short");
  return shorten(capital(termLabel(node.type)), 60) + (when ? ` · ${when}` : "");
}

function labelSize(kind) {
  return ACTORS.includes(kind) ? 17 : 15;
}

function drawnLabel(number) {
  const node = data.nodes[number];
  const size = labelSize(node.kind);
  if (node.kind !== "Event") return breakText(pick(node.name), size).join("\n");
  const when = formatPeriod(node.start, node.end, "short");
  return [...breakText(capital(termLabel(node.type)), size, when ? 1 : 2), ...breakText(when, size)].join("\n");
}

// So many lines of whole words, the last with an ellipsis if there is more.
function breakText(text, size, most = 2) {
  const key = `${size} ${most} ${text}`;
  if (!broken.has(key)) {
    ruler.font = `${size}px system-ui, sans-serif`;
    const words = shorten(text, LONGEST).split(/\s+/).filter(Boolean);
    broken.set(key, Array.from({ length: most }, (_, line) => takeLine(words, line === most - 1)).filter(Boolean));
  }
  return broken.get(key);
}

function takeLine(words, isLast) {
  let line = words.shift() ?? "";
  while (words.length && (isLast || fitsCell(`${line} ${words[0]}`))) line += ` ${words.shift()}`;
  return cutLine(line);
}

function cutLine(line) {
  if (fitsCell(line)) return line;
  const letters = Array.from(line);
  while (letters.length > 1 && !fitsCell(`${letters.join("")}…`)) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function fitsCell(line) {
  return ruler.measureText(line).width <= LABEL;
}
