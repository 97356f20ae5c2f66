"use strict";
// The visible part of the graph as Turtle, and the SPARQL query that yields it from the store.

const NOT_IN_IRI = /[\u0000-\u0020<>"{}|^`\\]/g;
const NAME = /^[A-Za-z]\w*$/;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const STANDARD = { skos: "http://www.w3.org/2004/02/skos/core#", xsd: "http://www.w3.org/2001/XMLSchema#" };
const KINDS_OF_DATE = [
  [/^\d{4}-\d\d-\d\d$/, "date"],
  [/^\d{4}-\d\d$/, "gYearMonth"],
  [/^\d{4}$/, "gYear"],
  [/^--\d\d-\d\d$/, "gMonthDay"],
  [/^--\d\d$/, "gMonth"],
];

function iriOf(number) {
  const { id } = data.nodes[number];
  return /^[a-z][a-z0-9+.-]*:/i.test(id) ? id : data.base + id;
}

function iri(number) {
  return `<${iriOf(number).replace(NOT_IN_IRI, (sign) => encodeURIComponent(sign))}>`;
}

function literal(text, ending = "") {
  return `"${text.replace(/["\\\n\r\t]/g, (sign) => ESCAPES[sign])}"${ending}`;
}

function dateLiteral(text) {
  const kind = KINDS_OF_DATE.find(([form]) => form.test(text))?.[1];
  return kind ? literal(text, `^^xsd:${kind}`) : literal(text);
}

// The statements that the picture tells of, with all that they name: on the level of actors the events of its edges.
function visibleStatements() {
  if (state.level === "actors") return [...new Set(picture.edges.flatMap((edge) => edge.open))];
  return picture.nodes.filter((number) => ["Event", "Document"].includes(data.nodes[number].kind));
}

function tripleLines(number) {
  const { type, name, status, start, end, kind } = data.nodes[number];
  const lines = [["a", NAME.test(type) ? `dkg:${type}` : ""], ["skos:prefLabel", literal(name[0], "@ru")]];
  if (name[1] && name[1] !== name[0]) lines.push(["skos:prefLabel", literal(name[1], "@en")]);
  if (status && NAME.test(status)) lines.push([kind === "Document" ? "dkg:documentStatus" : "dkg:status", `dkg:${status}`]);
  if (start) lines.push([end ? "dkg:startDate" : "dkg:date", dateLiteral(start)]);
  if (start && end) lines.push(["dkg:endDate", dateLiteral(end)]);
  return lines.filter(([, value]) => value);
}

function makeTurtle() {
  const told = visibleStatements();
  const links = told.flatMap(linksFrom).filter(([, , role]) => NAME.test(role));
  const subjects = [...new Set([...told, ...links.map(([, target]) => target)])];
  const of = (number) => [...tripleLines(number), ...links.filter(([source]) => source === number).map(([, target, role]) => [`dkg:${role}`, iri(target)])];
  const blocks = subjects.map((number) => `${iri(number)} ${of(number).map((pair) => pair.join(" ")).join(" ;\n    ")} .`);
  return `${prefixes("@prefix ", " .")}\n\n${blocks.join("\n\n")}\n`;
}

function prefixes(word, end) {
  return Object.entries({ dkg: data.namespace, ...STANDARD }).map(([name, address]) => `${word}${name}: <${address}>${end}`).join("\n");
}

function makeSparql() {
  const roles = [...new Set(visibleStatements().flatMap(linksFrom).map(([, , role]) => role))].filter((role) => NAME.test(role));
  return `${prefixes("PREFIX ", "")}

CONSTRUCT {
  ?statement a ?type ; ?role ?thing ; dkg:date ?date ; dkg:status ?status .
  ?thing skos:prefLabel ?name .
} WHERE {
  VALUES ?statement {
    ${visibleStatements().map(iri).join("\n    ")}
  }
  VALUES ?role { ${roles.map((role) => `dkg:${role}`).join(" ")} }
  ?statement a ?type .
  OPTIONAL { ?statement dkg:date ?date }
  OPTIONAL { ?statement dkg:status ?status }
  OPTIONAL {
    ?statement ?role ?thing .
    OPTIONAL { ?thing skos:prefLabel ?name }
  }
}
`;
}
