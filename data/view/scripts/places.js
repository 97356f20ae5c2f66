"use strict";
// Where the nodes stand: as laid out ahead as long as the picture is about that, else arranged anew, each in its cell.

const CELL = { width: 160, height: 92 };
const KEPT = 0.6; // of the nodes must stay where they are for the rest to join them
const ROUNDS = 70;
const ROOM = 2.8; // cells a node
const EVEN = 0.75; // of the way to a disc that is filled evenly
const WIDE = 1.3; // how far from round the picture is, as screens are
const MOST_IN_RINGS = 22;
const RING = { wide: 230, high: 150, room: 165 };
let places = new Map();
let taken = new Set();

// Returns whether the picture is a new one rather than the old one with changes.
function placeNodes() {
  const { nodes: numbers } = picture;
  const before = new Map(places);
  choosePlaces(numbers);
  numbers.filter((number) => !places.has(number)).forEach(joinNeighbours);
  return !numbers.some((number) => isSame(before.get(number), places.get(number)));
}

function isSame(one, other) {
  return Boolean(one) && one.x === other.x && one.y === other.y;
}

function choosePlaces(numbers) {
  if (state.path.length === 2) return setPlaces(lineUp(numbers));
  if (state.steps && isDrawable(state.selected)) return setPlaces(numbers.length > MOST_IN_RINGS ? arrange(numbers) : ringUp(state.selected));
  if (state.everything) return setPlaces(numbers.map((number) => [number, homeOf(number)]));
  const core = new Set(data.levels[state.level].core);
  const staying = numbers.filter((number) => places.has(number));
  const known = numbers.filter((number) => core.has(number));
  if (staying.length >= KEPT * numbers.length) setPlaces(staying.map((number) => [number, places.get(number)]));
  else if (known.length >= KEPT * numbers.length) setPlaces(known.map((number) => [number, homeOf(number)]));
  else setPlaces(arrange(numbers));
}

function homeOf(number) {
  const { x, y } = looks[state.level].get(number);
  return { x, y };
}

function setPlaces(entries) {
  places = new Map(entries);
  taken = new Set([...places.values()].map(cellKey));
}

// Every other row is shifted by half a cell, so that labels and edges cross less.
function cellAt({ x, y }) {
  const row = Math.round(y / CELL.height);
  return [Math.round(x / CELL.width - shift(row)), row];
}

function shift(row) {
  return row % 2 ? 0.5 : 0;
}

function cellKey(point) {
  return cellAt(point).join(",");
}

function joinNeighbours(number) {
  const near = neighboursOf(number).map((other) => places.get(other)).filter(Boolean);
  places.set(number, settle(near.length ? middle(near) : { x: 0, y: 0 }));
}

function middle(points) {
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return { x: mean("x"), y: mean("y") };
}

// The middle of the nearest free cell, which is taken from now on; cells are about twice as wide as high.
function settle(point) {
  const [column, row] = cellAt(point);
  const centre = ([x, y]) => ({ x: (x + shift(y)) * CELL.width, y: y * CELL.height });
  for (let radius = 0; ; radius += 1) {
    const free = cellsAt(column, row, radius).filter((cell) => !taken.has(cell.join(",")));
    if (!free.length) continue;
    const far = (cell) => Math.hypot(centre(cell).x - point.x, centre(cell).y - point.y);
    const best = free.reduce((a, b) => (far(b) < far(a) ? b : a));
    taken.add(best.join(","));
    return centre(best);
  }
}

function cellsAt(column, row, radius) {
  const cells = [];
  for (let y = -2 * radius; y <= 2 * radius; y += 1) {
    for (let x = -radius; x <= radius; x += 1) {
      if (Math.max(Math.abs(x), Math.ceil(Math.abs(y) / 2)) === radius) cells.push([column + x, row + y]);
    }
  }
  return cells;
}

function lineUp(numbers) {
  return numbers.map((number, place) => [number, { x: place * 1.5 * CELL.width, y: place % 2 ? CELL.height : 0 }]);
}

// The node in the middle, what is one step away around it, and so on; each beside what it hangs on.
function ringUp(number) {
  const angles = new Map([[number, 0]]);
  const entries = [[number, { x: 0, y: 0 }]];
  let reach = 0;
  for (const ring of ringsAround(number, state.steps, STEP_LIMIT).slice(1)) {
    const inner = (other) => Math.min(...neighboursOf(other).filter((n) => angles.has(n)).map((n) => angles.get(n)));
    const order = ring.map((other) => [inner(other), other]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    reach = Math.max(reach + 1, (ring.length * RING.room) / (2 * Math.PI * RING.high * 1.3));
    order.forEach(([, other], place) => {
      const angle = (2 * Math.PI * place) / order.length;
      angles.set(other, angle);
      entries.push([other, { x: reach * RING.wide * Math.cos(angle), y: reach * RING.high * Math.sin(angle) }]);
    });
  }
  return entries;
}

// Forces as Fruchterman and Reingold (1991) have them; what is best joined settles in its cell first.
function arrange(numbers) {
  const index = new Map(numbers.map((number, place) => [number, place]));
  const xs = Float64Array.from(numbers, (_, place) => Math.cos(2.4 * place) * Math.sqrt(place + 1));
  const ys = Float64Array.from(numbers, (_, place) => Math.sin(2.4 * place) * Math.sqrt(place + 1));
  const pairs = picture.edges.map(({ from, to }) => [index.get(from), index.get(to)]);
  for (let round = 0; round < ROUNDS; round += 1) relax(xs, ys, pairs, 2 * (1 - round / ROUNDS));
  taken = new Set();
  const joined = (number) => edgesOf(state.level, number).length;
  const order = [...numbers].sort((a, b) => joined(b) - joined(a) || a - b);
  const scale = spread(xs, ys);
  return order.map((number) => [number, settle(scale(index.get(number)))]);
}

// Most of the way to where the points would fill a disc evenly, as the layout made ahead has them; so many cells a node.
function spread(xs, ys) {
  const far = Array.from(xs, (x, place) => Math.hypot(x, ys[place]) || 1e-9);
  const most = Math.max(...far);
  const ranks = new Map([...far.keys()].sort((a, b) => far[a] - far[b]).map((place, rank) => [place, rank + 1]));
  const side = Math.sqrt(ROOM * xs.length * CELL.width * CELL.height) / 2;
  return (place) => {
    const even = Math.sqrt(ranks.get(place) / xs.length);
    const grown = (side * ((1 - EVEN) * (far[place] / most) + EVEN * even)) / far[place];
    return { x: xs[place] * grown * WIDE, y: (ys[place] * grown) / WIDE };
  };
}

function relax(xs, ys, pairs, heat) {
  const [moveX, moveY] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  const push = (a, b, force) => {
    const [x, y] = [(xs[a] - xs[b]) * force, (ys[a] - ys[b]) * force];
    moveX[a] += x;
    moveY[a] += y;
    moveX[b] -= x;
    moveY[b] -= y;
  };
  for (let a = 1; a < xs.length; a += 1) {
    for (let b = 0; b < a; b += 1) push(a, b, 1.6 / ((xs[a] - xs[b]) ** 2 + (ys[a] - ys[b]) ** 2 + 1e-4));
  }
  for (const [a, b] of pairs) push(a, b, -Math.hypot(xs[a] - xs[b], ys[a] - ys[b]) / 6);
  for (let a = 0; a < xs.length; a += 1) {
    const far = Math.hypot(moveX[a], moveY[a]) || 1;
    xs[a] += (moveX[a] / far) * Math.min(far, heat) - 0.01 * xs[a];
    ys[a] += (moveY[a] / far) * Math.min(far, heat) - 0.01 * ys[a];
  }
}
