// Runs a program for WASI, or calls a reactor, under node's WASI.
//
//   node run.mjs [--dir GUEST=HOST]... [--times] FILE [ARGUMENT...]      a program; its exit status is ours
//   node run.mjs --calls SCRIPT[,SCRIPT...] [--repeat N] FILE            a reactor: runs the scripts, N times over
//   node run.mjs --sizes FILE                                            sizes: as it is, and compressed
//
// The environment that the program sees is what is set here and starts with PYTHON, PYO3_ or RUST_.

import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const options = { dirs: {}, times: false, calls: [], repeat: 1, sizes: false };
const rest = process.argv.slice(2);
while (rest.length > 0 && rest[0].startsWith("--")) {
  const option = rest.shift();
  if (option === "--dir") {
    const [guest, host] = rest.shift().split("=");
    options.dirs[guest] = host;
  } else if (option === "--calls") options.calls = rest.shift().split(",");
  else if (option === "--repeat") options.repeat = Number(rest.shift());
  else if (option === "--times") options.times = true;
  else if (option === "--sizes") options.sizes = true;
  else throw new Error(`unknown option ${option}`);
}
const [file, ...args] = rest;
const bytes = readFileSync(file);

if (options.sizes) {
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  console.log(`${bytes.length} ${gzipSync(bytes, { level: 9 }).length} ${brotli.length}`);
  process.exit(0);
}

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PYTHON|PYO3_|RUST_)/.test(name)));
const wasi = new WASI({ version: "preview1", args: [file, ...args], env, preopens: options.dirs, returnOnExit: true });

const begin = performance.now();
const module = new WebAssembly.Module(bytes);
const compiled = performance.now();
const instance = new WebAssembly.Instance(module, wasi.getImportObject());
const ms = (from, to) => `${(to - from).toFixed(0)} ms`;
const memory = () => `${(instance.exports.memory.buffer.byteLength / 2 ** 20).toFixed(1)} MiB`;

if (options.calls.length === 0) {
  const status = wasi.start(instance);
  if (options.times) {
    console.error(`[compile ${ms(begin, compiled)}, run ${ms(compiled, performance.now())}, memory ${memory()}]`);
  }
  process.exit(status);
}

wasi.initialize(instance);
const { pyo3_start, pyo3_alloc, pyo3_run, memory: linear } = instance.exports;
if (pyo3_start() !== 0) process.exit(1);
const started = performance.now();
const scripts = options.calls.map((script) => readFileSync(script));
let status = 0;
let first;
for (let round = 0; round < options.repeat; round++) {
  for (const script of scripts) {
    const place = pyo3_alloc(script.length);
    new Uint8Array(linear.buffer, place, script.length).set(script);
    status = pyo3_run(place, script.length);
  }
  if (round === 0) first = { at: performance.now(), memory: memory(), bytes: linear.buffer.byteLength };
}
if (options.times) {
  const grown = (100 * (linear.buffer.byteLength - first.bytes)) / first.bytes;
  console.error(
    `[compile ${ms(begin, compiled)}, start ${ms(compiled, started)}, first round ${ms(started, first.at)}, memory ${first.memory}; ` +
      `${options.repeat} rounds ${ms(started, performance.now())}, memory ${memory()}, grown by ${grown.toFixed(1)} %]`,
  );
}
process.exit(status);
