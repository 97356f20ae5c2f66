"use strict";
// The events by month, a range to drag, and a window that plays through time. vis-timeline draws it.

const DAY = 86_400_000;
const PACE = 900; // milliseconds a step
const WINDOWS = 8; // of a range that was not chosen, one after the other
const MOST_BARS = 100; // with more months a bar is a quarter
let graph = null;
let drawnBars = "";
let playing = null;
const RARE = 0.01; // of the events may lie before the part of time that the timeline opens on
let span = null; // the first and last day of all events
let opening = null; // the days that the timeline opens on

function makeTimeline() {
  const days = statements.map((number) => factsOf.get(number).bounds).filter(Boolean);
  byId("time").hidden = !days.length;
  if (!days.length) return;
  const firsts = days.map(([first]) => first).sort();
  span = [firsts[0], days.map(([, last]) => last).reduce((a, b) => (b > a ? b : a))];
  opening = [`${firsts[Math.floor(RARE * firsts.length)].slice(0, 7)}-01`, span[1]];
}

function makeGraph() {
  const made = new vis.Graph2d(byId("timeline"), [], timelineOptions());
  for (const name of ["from", "until"]) made.addCustomTime(dayOf(name), name);
  made.on("timechanged", ({ id, time }) => setRange(id, isoDay(time)));
  return made;
}

function timelineOptions() {
  const [first, last] = opening.map((day) => Date.parse(day));
  const margin = Math.max(20 * DAY, (last - first) / 30);
  return {
    start: new Date(first - margin),
    end: new Date(last + margin),
    min: new Date(Date.parse(span[0]) - margin),
    max: new Date(last + margin),
    zoomMin: 60 * DAY,
    zoomKey: "ctrlKey",
    height: "84px",
    style: "bar",
    barChart: { width: 9, minWidth: 1, align: "right" },
    drawPoints: false,
    dataAxis: { visible: false },
    showCurrentTime: false,
    showMajorLabels: false,
    format: { minorLabels: { month: "MMM YYYY" } },
    locale: language,
    moment: (time) => vis.moment.utc(time), // days are days wherever the reader is
  };
}

function dayOf(name) {
  return new Date(state[name] || opening[name === "from" ? 0 : 1]);
}

function fillTimeline() {
  if (!span || byId("time-body").hidden) return; // it cannot measure itself while it is hidden
  graph ??= makeGraph();
  const bars = makeBars();
  if (JSON.stringify(bars) !== drawnBars) graph.setItems(bars); // moving the range leaves them as they are
  drawnBars = JSON.stringify(bars);
  for (const name of ["from", "until"]) {
    graph.setCustomTime(dayOf(name), name);
    byId(name).value = state[name];
    [byId(name).min, byId(name).max] = span;
  }
  byId("play-button").textContent = t(playing ? "stop" : "play");
}

function makeBars() {
  const size = (Date.parse(opening[1]) - Date.parse(opening[0])) / (30 * DAY) > MOST_BARS ? 3 : 1;
  const found = new Map();
  for (const [month, count] of months) {
    const first = month.slice(5) - ((month.slice(5) - 1) % size);
    const day = `${month.slice(0, 5)}${String(first).padStart(2, "0")}-01`;
    found.set(day, (found.get(day) ?? 0) + count);
  }
  return [...found].map(([x, y]) => ({ x, y }));
}

function setRange(name, day) {
  const edge = opening[name === "from" ? 0 : 1];
  const outside = name === "from" ? day <= edge : day >= edge;
  state[name] = outside ? "" : day;
  if (state.from && state.until && state.from > state.until) [state.from, state.until] = [state.until, state.from];
  filterPicture();
}

function relabelTimeline() {
  graph?.setOptions({ locale: language });
}

// The chosen range moves on by its own length; where none was chosen, an eighth of all time.
function play() {
  const [first, last] = opening.map((day) => Date.parse(day));
  const chosen = state.from && state.until ? [state.from, state.until].map((day) => Date.parse(day)) : null;
  const length = chosen && chosen[0] < chosen[1] ? chosen[1] - chosen[0] : Math.max(30 * DAY, (last - first) / WINDOWS);
  let from = chosen && chosen[1] < last ? chosen[0] : first;
  const step = () => {
    Object.assign(state, { from: isoDay(new Date(from)), until: isoDay(new Date(from + length)) });
    showPicture({ filters: true });
    from += length / 2;
    if (from + length / 2 >= last) stopPlaying();
  };
  state.added.clear();
  clearFocus();
  playing = setInterval(step, PACE);
  step();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  byId("play-button").textContent = t("play");
}

function connectTimeline() {
  byId("play-button").addEventListener("click", () => (playing ? stopPlaying() : play()));
  for (const name of ["from", "until"]) byId(name).addEventListener("change", () => setRange(name, byId(name).value || span[name === "from" ? 0 : 1]));
}
