"use strict";
// The data of the page, the language, and the one way to make elements: text goes in as text, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);
let language = data.language === "en" ? "en" : "ru";

function pick(pair) {
  return pair[language === "ru" ? 0 : 1] || pair[0] || pair[1] || "";
}

function t(key, values = {}) {
  const text = data.strings[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function termLabel(name) {
  return pick(data.terms[name] ?? [name, name]);
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

function shorten(text, length) {
  const letters = Array.from(text);
  return letters.length <= length ? text : letters.slice(0, length - 1).join("") + "…";
}

function element(tag, options = {}, children = []) {
  const made = document.createElement(tag);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.click) made.addEventListener("click", options.click);
  if (tag === "button") made.type = "button";
  if (tag === "bdi") made.dir = "auto";
  made.append(...children.filter((child) => child !== null));
  return made;
}

// A name or quote of unknown direction, kept from turning the text around it.
function isolated(text, tag = "bdi", className = "") {
  const made = element(tag, { text, class: className });
  made.dir = "auto";
  return made;
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
  const anchor = element("a", { text });
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.dir = "auto";
  return anchor;
}
