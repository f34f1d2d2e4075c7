// RustPython from a bundle in reactor style. A library provides WASI. This file does not depend on the page.

import { ConsoleStdout, File, OpenFile, WASI } from "@bjorn3/browser_wasi_shim";

/** An interpreter. `run` can be called repeatedly; imported modules stay imported. */
export class Python {
  #exports;

  /**
   * Starts an interpreter.
   *
   * @param {WebAssembly.Module} module - a bundle made with `--style reactor`
   * @param {(bytes: Uint8Array) => void} stdout - receives the standard output
   * @param {(bytes: Uint8Array) => void} stderr - receives tracebacks and other output to `sys.stderr`
   */
  constructor(module, stdout, stderr) {
    const files = [new OpenFile(new File([])), new ConsoleStdout(stdout), new ConsoleStdout(stderr)];
    const wasi = new WASI([], [], files);
    const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport });
    wasi.initialize(instance);
    this.#exports = instance.exports;
    if (this.#exports.pyo3_start() !== 0) throw new Error("Python did not start");
  }

  /**
   * Runs code. A JavaScript exception means that the interpreter is unusable, after a panic or a stack overflow.
   *
   * @param {string} source
   * @returns {number} the exit status of a program with this code: 0, 1 after an exception, or the status of `sys.exit`
   */
  run(source) {
    const bytes = new TextEncoder().encode(source);
    const place = this.#exports.pyo3_alloc(bytes.length);
    // When the memory grows, its buffer is replaced, so fetch it each time.
    new Uint8Array(this.#exports.memory.buffer, place, bytes.length).set(bytes);
    return this.#exports.pyo3_run(place, bytes.length);
  }

  /** The size of the interpreter's memory, in bytes. */
  get memory() {
    return this.#exports.memory.buffer.byteLength;
  }
}
