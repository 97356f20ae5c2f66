"use strict";
// The data of the page, the language, and the one way to make elements: text goes in as text, never as markup.

let data = null;
let language = "ru";

// The data stands in the page deflated, in base64.
async function readData() {
  const packed = atob(document.getElementById("data").textContent);
  const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  data = JSON.parse(await new Response(stream).text());
  language = data.language === "en" ? "en" : "ru";
}

function pick(pair) {
  return pair[language === "ru" ? 0 : 1] || pair[0] || pair[1] || "";
}

function t(key, values = {}) {
  const text = data.strings[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function termLabel(name) {
  return pick(Object.hasOwn(data.terms, name) ? data.terms[name] : [name, name]);
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

function shorten(text, length) {
  const letters = Array.from(text);
  return letters.length <= length ? text : letters.slice(0, length - 1).join("") + "…";
}

function byId(id) {
  return document.getElementById(id);
}

// Options: class, text, click, and any attribute under its own name.
function element(tag, options = {}, children = []) {
  const { class: className, text, click, ...attributes } = options;
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (click) made.addEventListener("click", click);
  if (tag === "button") made.type = "button";
  if (tag === "bdi") made.dir = "auto";
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// A name or quote of unknown direction, kept from turning the text around it.
function isolated(text, tag = "bdi", className = "") {
  return element(tag, { text, class: className, dir: "auto" });
}

function isWeb(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

// A link where the address is plain http or https, else its text.
function link(address, text) {
  if (!isWeb(address)) return isolated(text);
  return element("a", { text, href: address, target: "_blank", rel: "noopener noreferrer", dir: "auto" });
}
