// The page: an editor, its buttons, and the output of the code.

import { python as language } from "@codemirror/lang-python";
import { basicSetup, EditorView } from "codemirror";
import { keymap } from "@codemirror/view";
import { Prec } from "@codemirror/state";

import { examples } from "./examples.js";
import { MOST } from "./output.js";

const element = (id) => document.getElementById(id);
const [runButton, stopButton, output, status] = ["run", "stop", "output", "status"].map(element);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const milliseconds = (time) => (time < 10 ? `${time.toFixed(1)} ms` : `${time.toFixed(0)} ms`);

const view = new EditorView({
  doc: examples[0].source,
  extensions: [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (runCode(), true) }])),
    basicSetup,
    language(),
    EditorView.contentAttributes.of({ "aria-label": "Python code" }),
  ],
  parent: element("editor"),
});

for (const [index, { title }] of examples.entries()) element("examples").add(new Option(title, index));
element("examples").onchange = ({ target }) => {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: examples[target.value].source } });
};
element("clear").onclick = clear;

let worker;
let module;
let state;
// State that the tests read.
const facts = (window.playground = { runs: 0, view });

let kept = 0;

function clear() {
  output.replaceChildren();
  kept = 0;
}

function show(kind, text) {
  const atEnd = output.scrollHeight - output.scrollTop - output.clientHeight < 40;
  if (text.length >= MOST) {
    clear();
    text = text.slice(-MOST);
  }
  let last = output.lastElementChild;
  if (last?.className !== kind) {
    last = document.createElement("span");
    last.className = kind;
    output.append(last);
  }
  last.append(text);
  kept += text.length;
  while (kept > MOST) {
    const oldest = output.firstElementChild;
    kept -= oldest.firstChild.length;
    oldest.firstChild.remove();
    if (!oldest.firstChild) oldest.remove();
  }
  if (atEnd) output.scrollTop = output.scrollHeight;
}

function become(next, text) {
  state = facts.state = next;
  status.textContent = text;
  runButton.disabled = next !== "ready";
  stopButton.disabled = next !== "running";
}

function startWorker(url, total) {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => receive[data.kind](data);
  worker.onerror = ({ message }) => receive.failed({ message });
  worker.postMessage({ kind: "start", module, url, total });
}

const receive = {
  loading({ loaded, total }) {
    element("progress").value = loaded / total;
    element("bytes").textContent = `${megabytes(loaded)} of ${megabytes(total)}`;
  },
  ready(data) {
    module = data.module;
    element("loading").hidden = true;
    Object.assign(facts, { loading: data.loading, starting: data.starting, memory: data.memory });
    const loading = data.loading > 1 ? `loaded in ${milliseconds(data.loading)}, ` : "";
    become("ready", `Ready: ${loading}started in ${milliseconds(data.starting)}`);
  },
  failed({ message }) {
    element("loading").hidden = true;
    become("failed", "Python could not be loaded");
    show("wrong", `${message}\n`);
  },
  output({ parts }) {
    facts.shown ??= performance.now();
    for (const { name, text } of parts) show(name === "stderr" ? "wrong" : "plain", text);
  },
  done(data) {
    facts.runs++;
    Object.assign(facts, { status: data.status, time: data.time, memory: data.memory });
    facts.untilShown = facts.shown === undefined ? undefined : facts.shown - facts.clicked;
    const first = facts.untilShown === undefined ? "" : `, first output after ${milliseconds(facts.untilShown)}`;
    const ended = data.status === 0 ? "Done" : `Ended with status ${data.status}`;
    become("ready", `${ended} in ${milliseconds(data.time)}${first}`);
    if (data.gone !== undefined) restart(`The interpreter is gone (${data.gone}), and starts anew.`);
  },
};

function runCode() {
  if (state !== "ready") return;
  clear();
  facts.clicked = performance.now();
  facts.shown = undefined;
  become("running", "Running…");
  worker.postMessage({ kind: "run", source: view.state.doc.toString() });
}

function restart(why) {
  worker.terminate();
  show("note", `${why}\n`);
  become("starting", "Starting anew…");
  startWorker();
}

runButton.onclick = runCode;
stopButton.onclick = () => restart("\nStopped. Variables and imports are gone.");

const { url, bytes } = await (await fetch("module.json")).json();
startWorker(new URL(url, document.baseURI).href, bytes);
