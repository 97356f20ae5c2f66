"use strict";
// Partial ISO dates ("2025-11-26", "2025-12", "2025", "--12-03", "--12") in the words of the page's language.

const formatters = new Map();
const PARTIAL = /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)(?:-(\d\d))?)$/;

function dateParts(text) {
  const found = PARTIAL.exec(text);
  return found && { year: found[1], month: found[2] ?? found[4], day: found[3] ?? found[5] };
}

function moment(parts) {
  const made = new Date(0);
  made.setUTCFullYear(Number(parts.year ?? 2000), Number(parts.month ?? 1) - 1, Number(parts.day ?? 1));
  return made;
}

// Making one takes longer than all else that a label needs.
function formatter(parts, month) {
  const key = [language, month, Boolean(parts.year), Boolean(parts.month), Boolean(parts.day)].join();
  if (!formatters.has(key)) formatters.set(key, makeFormatter(parts, month));
  return formatters.get(key);
}

function makeFormatter(parts, month) {
  const options = { timeZone: "UTC" };
  if (parts.year) options.year = "numeric";
  if (parts.month) options.month = month;
  if (parts.day) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "ru" ? "ru" : "en-GB", options);
}

function withoutSuffix(text) {
  return text.replace(/\s+г\.(?=$|\s)/g, "");
}

function formatDate(text, month = "long") {
  const parts = dateParts(text);
  return parts ? withoutSuffix(formatter(parts, month).format(moment(parts))) : text;
}

function formatPeriod(start, end, month = "long") {
  if (!start) return "";
  if (!end || end === start) return formatDate(start, month);
  const [from, to] = [dateParts(start), dateParts(end)];
  if (!from?.day || !to?.day || moment(from) > moment(to)) return `${formatDate(start, month)} – ${formatDate(end, month)}`;
  return withoutSuffix(formatter(from, month).formatRange(moment(from), moment(to)));
}

// The first and the last day of a period as ISO dates, which compare as text; null without a year.
function periodBounds(node) {
  const first = node.sort || firstDay(node.start);
  return first ? [first, lastDay(node.end || node.start) || first] : null;
}

function firstDay(text) {
  const parts = dateParts(text ?? "");
  return parts?.year ? isoDay(moment(parts)) : null;
}

function lastDay(text) {
  const parts = dateParts(text ?? "");
  if (!parts?.year) return null;
  if (parts.day) return text;
  const month = parts.month ? Number(parts.month) : 12;
  return isoDay(new Date(Date.UTC(Number(parts.year), month, 0)));
}

function isoDay(date) {
  return date.toISOString().slice(0, 10);
}
