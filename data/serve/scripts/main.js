"use strict";
// The page: saved queries fill the editor, answers are shown below it, IRIs of the graph lead to pages of this server.

const page = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);

Yasgui.Yasr.registerPlugin("chart", ChartPlugin);
Yasgui.Yasr.registerPlugin("timeline", TimelinePlugin);
Yasgui.Yasqe.defaults.autocompleters = ["variables"]; // the others ask servers elsewhere

const yasqe = new Yasgui.Yasqe(find("editor"), {
  value: page.example,
  persistenceId: null,
  createShareableLink: null,
  consumeShareLink: null,
  requestConfig: { endpoint: "/sparql", method: "POST" },
});
const yasr = new Yasgui.Yasr(find("results"), {
  persistenceId: null,
  prefixes: page.prefixes,
  pluginOrder: ["table", "timeline", "chart", "response"],
});

yasqe.on("queryResponse", (_, response, duration) => {
  yasr.setResponse(response, duration);
  const marker = (response.headers || (response.header ? response.header : {}))["x-truncated"];
  find("truncated").textContent = marker || "";
});

// A thing's IRI may stand below any base; here it has a page.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("#results a[href]");
  if (link && link.href.startsWith(page.base)) {
    event.preventDefault();
    location.assign("/id/" + link.href.slice(page.base.length));
  }
}, true);

const chooser = find("query");
for (const query of page.queries) chooser.append(new Option(query.title, query.name));

function makeField(parameter) {
  const input = document.createElement("input");
  Object.assign(input, { name: parameter.name, placeholder: parameter.name, title: parameter.description });
  input.required = !parameter.optional;
  return input;
}

chooser.addEventListener("change", () => {
  const query = page.queries.find((one) => one.name === chooser.value);
  find("problem").textContent = "";
  find("answers").textContent = query ? query.description : "";
  const run = document.createElement("button");
  run.textContent = "Run";
  find("parameters").replaceChildren(...(query ? [...query.parameters.map(makeField), run] : []));
  if (query && query.parameters.every((parameter) => parameter.optional)) showQuery(query.name, []);
});

find("parameters").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = [...new FormData(event.target)].filter(([, value]) => value.trim());
  showQuery(chooser.value, given).then((shown) => shown && yasqe.query());
});

async function showQuery(name, given) {
  const answer = await fetch(`/queries/${name}.rq?${new URLSearchParams(given)}`);
  const text = await answer.text();
  find("problem").textContent = answer.ok ? "" : text;
  if (answer.ok) yasqe.setValue(text);
  return answer.ok;
}
