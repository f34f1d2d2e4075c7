// RustPython, from a bundle in reactor style, with WASI by a library. It knows nothing of the page.

import { ConsoleStdout, File, OpenFile, WASI } from "@bjorn3/browser_wasi_shim";

/** An interpreter. Whoever has it calls `run` as often as they like; what is imported stays imported. */
export class Python {
  #exports;

  /**
   * Starts an interpreter.
   *
   * @param {WebAssembly.Module} module - a bundle made with `--style reactor`
   * @param {(bytes: Uint8Array) => void} stdout - is given what code prints
   * @param {(bytes: Uint8Array) => void} stderr - is given tracebacks, and what code prints to `sys.stderr`
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
   * Runs code. A JavaScript exception means that the interpreter is gone: Rust code panicked, or the stack overflowed.
   *
   * @param {string} source
   * @returns {number} the status that a program would end with: 0, 1 after an exception, or what `sys.exit` was given
   */
  run(source) {
    const bytes = new TextEncoder().encode(source);
    const place = this.#exports.pyo3_alloc(bytes.length);
    // Memory that has grown is another buffer, so it is asked for each time.
    new Uint8Array(this.#exports.memory.buffer, place, bytes.length).set(bytes);
    return this.#exports.pyo3_run(place, bytes.length);
  }

  /** How much memory the interpreter has, in bytes. */
  get memory() {
    return this.#exports.memory.buffer.byteLength;
  }
}
