"use strict";
// What the reader takes along: the view as a picture, what is visible as a file, the query on the clipboard.

const FILES = { csv: [makeCsv, "text/csv"], graphml: [makeGraphml, "application/graphml+xml"], ttl: [makeTurtle, "text/turtle"] };

function save(blob, ending) {
  const address = URL.createObjectURL(blob);
  const anchor = element("a", { href: address, download: `network.${ending}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function saveFile(ending) {
  const [make, media] = FILES[ending];
  save(new Blob([make()], { type: `${media};charset=utf-8` }), ending);
  announce(t("saved", { name: `network.${ending}` }));
}

// The canvas is transparent: the ground of the page goes under it.
function savePicture() {
  const canvas = document.querySelector("#network canvas");
  const copy = element("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d");
  context.fillStyle = cssColor("--ground");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => {
    save(blob, "png");
    announce(t("saved", { name: "network.png" }));
  });
}

// Where a page opened from disk may not use the clipboard, the text is marked for the reader to copy.
async function copySparql() {
  const area = byId("sparql");
  area.value = makeSparql();
  area.hidden = false;
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    announce(t("copied"));
  } catch {
    announce(t(document.execCommand("copy") ? "copied" : "copy_by_hand"));
  }
}

function connectExport() {
  const actions = { "png-button": savePicture, "sparql-button": copySparql };
  for (const ending of Object.keys(FILES)) actions[`${ending}-button`] = () => saveFile(ending);
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
}
