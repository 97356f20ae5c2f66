"use strict";
// Sentences of evidence, with the words marked that say what they are evidence for, and the articles they stand in.

const LETTERS = /[\p{L}\p{N}]+/gu;
const SHORTEST = 4; // letters that two forms of a word have in common at least
const MOST_ALIASES = 8;
const ENDING = 3; // letters that inflection may change at most

// Whether two words may be forms of one: «Жапарова» and «Жапаров». Of short words only the whole is taken.
function isForm(word, other) {
  const most = Math.min(word.length, other.length);
  let same = 0;
  while (same < most && word[same] === other[same]) same += 1;
  return word === other || (same >= SHORTEST && word.length - same <= ENDING && other.length - same <= ENDING);
}

function plain(text) {
  return text.toLowerCase().replaceAll("ё", "е").normalize("NFD").replace(/(?!\u0306)[\u0300-\u036f]/g, "").normalize("NFC");
}

function wordsOf(texts) {
  return [...new Set(texts.flatMap((text) => plain(text).match(LETTERS) ?? []))].filter((word) => word.length >= SHORTEST);
}

// The names of a node and of what it names: what a reader looks for in its evidence.
function tellingWords(numbers) {
  const named = numbers.flatMap((number) => [number, ...linksFrom(number).map(([, target]) => target)]);
  return wordsOf(named.map((number) => data.nodes[number]).flatMap(namesOf));
}

function namesOf({ name, aliases = [], type }) {
  return [name[0], ...aliases.slice(0, MOST_ALIASES), ...(data.terms[type] ?? [])];
}

function markedText(text, words) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(LETTERS)) {
    const word = plain(found[0]);
    if (!words.some((other) => isForm(word, other))) continue;
    pieces.push(text.slice(end, found.index), element("mark", { text: found[0] }));
    end = found.index + found[0].length;
  }
  return [...pieces, text.slice(end)];
}

function quoteBlock(number, words = []) {
  const [text, source] = data.quotes[number];
  const quote = element("blockquote", { dir: "auto" }, markedText(text, words));
  return element("figure", {}, [quote, sourceLine(data.sources[source])]);
}

function sourceLine(source) {
  const title = source.title || source.url || source.id;
  const rest = [source.outlet, source.date && formatDate(source.date)].filter(Boolean).join(", ");
  const address = source.open ? link(source.url, title) : isolated(title);
  const shownUrl = source.url && !source.open && source.title ? isolated(source.url, "span", "note") : null;
  return element("figcaption", {}, [address, rest ? isolated(rest, "span", "note") : null, shownUrl]);
}

function evidence(numbers) {
  const quotes = [...new Set(numbers.flatMap((number) => data.nodes[number].quotes ?? []))];
  if (!quotes.length) return null;
  const words = tellingWords(numbers);
  return element("section", { class: "evidence" }, [element("h3", { text: t("evidence") }), ...quotes.map((quote) => quoteBlock(quote, words))]);
}
