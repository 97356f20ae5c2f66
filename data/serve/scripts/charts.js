"use strict";
// Two more ways to show rows: bars for a name and a number, a list in time order for whatever has a date.

function readRows(yasr) {
  const bindings = yasr.results && yasr.results.getBindings && yasr.results.getBindings();
  return { names: (yasr.results && yasr.results.getVariables && yasr.results.getVariables()) || [], rows: bindings || [] };
}

const valueOf = (row, name) => (row[name] ? row[name].value : "");
const isNumber = (row, name) => row[name] && /#(integer|decimal|double|float)$/.test(row[name].datatype || "");
const isDate = (text) => /^\d{4}(-\d\d){0,2}(\/|T|$)/.test(text);

function makeElement(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

class RowsPlugin {
  constructor(yasr) {
    this.yasr = yasr;
    this.priority = 5;
    this.hideFromSelection = false;
  }
  getIcon() {
    return document.createElement("span");
  }
}

class ChartPlugin extends RowsPlugin {
  constructor(yasr) {
    super(yasr);
    this.label = "Chart";
  }
  columns() {
    const { names, rows } = readRows(this.yasr);
    const number = names.find((name) => rows.some((row) => isNumber(row, name)));
    const label = names.find((name) => name !== number && rows.some((row) => row[name]));
    return { rows, number, label };
  }
  canHandleResults() {
    const { number, label } = this.columns();
    return Boolean(number && label);
  }
  draw() {
    const { rows, number, label } = this.columns();
    const most = Math.max(...rows.map((row) => Number(valueOf(row, number)) || 0), 1);
    this.yasr.resultsEl.replaceChildren(...rows.slice(0, 200).map((row) => {
      const line = makeElement("div", undefined, "bar");
      const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      bar.setAttribute("width", `${(100 * (Number(valueOf(row, number)) || 0)) / most}%`);
      bar.setAttribute("height", "16");
      bar.setAttribute("fill", "#0b5c99");
      picture.append(bar);
      line.append(makeElement("span", valueOf(row, label)), picture, makeElement("span", valueOf(row, number)));
      return line;
    }));
  }
}

class TimelinePlugin extends RowsPlugin {
  constructor(yasr) {
    super(yasr);
    this.label = "Timeline";
  }
  column() {
    const { names, rows } = readRows(this.yasr);
    return names.find((name) => rows.some((row) => isDate(valueOf(row, name))));
  }
  canHandleResults() {
    return Boolean(this.column());
  }
  draw() {
    const date = this.column();
    const { names, rows } = readRows(this.yasr);
    const dated = rows.filter((row) => isDate(valueOf(row, date)));
    dated.sort((one, other) => valueOf(one, date).localeCompare(valueOf(other, date)));
    const list = makeElement("ol", undefined, "timeline");
    for (const row of dated.slice(0, 1000)) {
      const item = makeElement("li");
      const rest = names.filter((name) => name !== date && row[name] && row[name].type !== "uri");
      item.append(makeElement("time", valueOf(row, date)), makeElement("span", rest.map((name) => valueOf(row, name)).filter(Boolean).join(" · ")));
      list.append(item);
    }
    this.yasr.resultsEl.replaceChildren(list);
  }
}
