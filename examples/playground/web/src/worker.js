// The worker that runs Python. It keeps the page responsive, and lets the page stop endless code.

import { MOST } from "./output.js";
import { Python } from "./python.js";

// Output is sent to the page in batches, because messages are expensive. The times are in milliseconds. After a large batch
// the page gets more time to show it: nothing else would slow down code that prints without end.
const INTERVAL = 30;
const LONG_INTERVAL = 300;
const LARGE = 1 << 15;

let python;
let waiting = [];
let size = 0;
let next = 0;
let first;

function send() {
  if (waiting.length > 0) postMessage({ kind: "output", parts: waiting });
  next = performance.now() + (size > LARGE ? LONG_INTERVAL : INTERVAL);
  waiting = [];
  size = 0;
}

/** Drops the beginning of what is waiting, which the page would not show. */
function trim() {
  while (waiting.length > 1 && size - waiting[0].text.length >= MOST) size -= waiting.shift().text.length;
  const excess = Math.max(size - MOST, 0);
  waiting[0].text = waiting[0].text.slice(excess);
  size -= excess;
}

function stream(name) {
  const decoder = new TextDecoder();
  return (bytes) => {
    const now = performance.now();
    first ??= now;
    const text = decoder.decode(bytes, { stream: true });
    const last = waiting.at(-1);
    if (last?.name === name) last.text += text;
    else waiting.push({ name, text });
    size += text.length;
    if (now > next) send();
    else if (size > 2 * MOST) trim();
  };
}

/** Loads the module and reports the progress. The module is compiled while it is downloaded. */
async function load(url, total) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  let loaded = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      postMessage({ kind: "loading", loaded, total });
      controller.enqueue(chunk);
    },
  });
  const counted = new Response(response.body.pipeThrough(count), { headers: { "content-type": "application/wasm" } });
  return WebAssembly.compileStreaming(counted);
}

async function start({ module, url, total }) {
  const begin = performance.now();
  module ??= await load(url, total);
  const loaded = performance.now();
  python = new Python(module, stream("stdout"), stream("stderr"));
  send();
  postMessage({ kind: "ready", module, loading: loaded - begin, starting: performance.now() - loaded, memory: python.memory });
}

function run({ source }) {
  const begin = performance.now();
  first = undefined;
  next = 0;
  let status;
  let gone;
  try {
    status = python.run(source);
  } catch (error) {
    gone = String(error);
  }
  send();
  const end = performance.now();
  postMessage({ kind: "done", status, gone, time: end - begin, first: first && first - begin, memory: python.memory });
}

onmessage = async ({ data }) => {
  if (data.kind === "run") return run(data);
  try {
    await start(data);
  } catch (error) {
    postMessage({ kind: "failed", message: String(error) });
  }
};
