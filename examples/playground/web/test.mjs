// Tests the page in a real browser: `npm test -- SITE [SCREENSHOTS]`. SITE is the output folder of `cargo xtask wasm --site`.
//
// The environment variable CHROMIUM names the browser; the default is /usr/bin/chromium.

import assert from "node:assert/strict";
import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

const [site, screenshots = "target/screenshots"] = process.argv.slice(2);
assert(site && existsSync(join(site, "python.wasm")), "name the folder that `cargo xtask wasm --site` wrote");
mkdirSync(screenshots, { recursive: true });

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };
const server = createServer(({ url }, response) => {
  const path = normalize(new URL(url, "http://localhost").pathname);
  const file = join(site, path === "/" ? "index.html" : path);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const report = (text) => console.log(text);
const ready = (page) => page.waitForFunction(() => window.playground?.state === "ready", null, { timeout: 240_000 });
const write = (page, source) =>
  page.evaluate((source) => {
    const { view } = window.playground;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
  }, source);
const facts = (page) => page.evaluate(() => ({ ...window.playground, view: undefined }));
const text = (page) => page.locator("#output").innerText();

async function run(page, source) {
  if (source !== undefined) await write(page, source);
  const before = (await facts(page)).runs;
  await page.click("#run");
  await page.waitForFunction((before) => window.playground.runs > before, before, { timeout: 120_000 });
  await ready(page);
  return text(page);
}

async function open(viewport, mobile) {
  const context = await browser.newContext({ viewport, isMobile: mobile, hasTouch: mobile, deviceScaleFactor: mobile ? 2 : 1 });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.goto(address);
  return { page, wrong };
}

const { page, wrong } = await open({ width: 1280, height: 800 }, false);
await page.waitForFunction(() => /of .* MB/.test(document.getElementById("bytes").textContent), null, { timeout: 60_000 });
report(`the bar says: ${await page.locator("#bytes").innerText()}`);
await ready(page);
const { loading, starting, memory } = await facts(page);
report(`loaded and compiled in ${loading.toFixed(0)} ms, started in ${starting.toFixed(0)} ms, ${(memory / 2 ** 20).toFixed(1)} MiB`);

let output = await run(page);
assert.match(output, /<Life of 5 cells, age 2>/);
assert.match(output, /ValueError: nothing lives there/);
report(`from the click to the first output: ${(await facts(page)).untilShown.toFixed(0)} ms`);
await page.screenshot({ path: join(screenshots, "desktop.png") });

await page.selectOption("#examples", "1");
output = await run(page);
assert.match(output, /HashTrieMap\(\{/);
assert.match(output, /the old one is as it was: 2 3/);
report("rpds works");

await page.selectOption("#examples", "2");
output = await run(page);
assert.match(output, /\('the', 3\)/);
assert.match(output, /Traceback \(most recent call last\):\n.*File "<code>", line 14, in <module>\n\s+count_words\(text, key=strict\)/s);
assert.match(output, /ValueError: 'The' is not lower case/);
assert.equal((await facts(page)).status, 1);
assert((await page.locator("#output .wrong").innerText()).startsWith("Traceback"));
await page.screenshot({ path: join(screenshots, "traceback.png") });
report("an exception has its traceback, with the lines of the code");

await page.selectOption("#examples", "3");
output = await run(page);
assert.match(output, /\[Point\(x=1, y=1\), Point\(x=3, y=4\)\] \[5\.0, 1\.4/);
assert.match(output, /rustpython 3\.\d+\.\d+\S* wasi/);
report("the standard library works");

assert.match(await run(page, "import sys\nprint('a', end='')\nsys.exit(3)"), /^a$/);
assert.equal((await facts(page)).status, 3);
assert.match(await run(page, "print('later')\nif"), /SyntaxError/);
assert.match(await run(page, "def f(n): return f(n + 1)\nf(0)"), /RecursionError/);
assert.match(await run(page, "import threading\nthreading.Thread(target=print).start()"), /RuntimeError/);
assert.match(await run(page, "import time\nbegin = time.monotonic()\ntime.sleep(0.2)\nprint(time.monotonic() - begin >= 0.2)"), /True/);
assert.match(await run(page, "print('ü€😀', len('😀'))"), /ü€😀 1/);
assert.match(await run(page, "try:\n    left\nexcept NameError: print('nothing is left')\nleft = 1"), /nothing/);
assert.match(await run(page, "try:\n    left\nexcept NameError: print('nothing is left')"), /nothing/);

await page.selectOption("#examples", "4");
await page.click("#run");
await page.waitForFunction(() => /200,000/.test(document.getElementById("output").textContent), null, { timeout: 60_000 });
assert.equal((await facts(page)).state, "running");
const stopped = Date.now();
await page.click("#stop");
await ready(page);
report(`an endless loop was stopped, and Python was there again after ${Date.now() - stopped} ms`);
assert.match(await text(page), /Stopped\./);
assert.match(await run(page, "print(6 * 7)"), /^42$/m);

// A loop that prints forever does not block the page.
await write(page, "while True: print('x' * 60)");
await page.click("#run");
await page.waitForTimeout(1500);
await page.click("#stop");
await ready(page);
assert((await text(page)).length < 300_000);
report("an endless flood of output was stopped");

// 1,000 runs.
const script = "from rpds import HashTrieMap\nfrom playground import Life, primes\nclass A:\n    def __init__(self): self.me = self; self.data = list(range(5000))\na = A()\nm = HashTrieMap({i: A for i in range(200)})\nlife = Life('##\\n##'); life.step(3)\nprint(len(m), len(primes(2000)), life)\n";
await run(page, script);
const after = { first: (await facts(page)).memory };
const begin = Date.now();
for (let count = 1; count <= 1000; count++) {
  const output = await page.evaluate(
    () =>
      new Promise((done) => {
        const before = window.playground.runs;
        document.getElementById("run").click();
        const wait = () => (window.playground.runs > before ? done(document.getElementById("output").textContent) : setTimeout(wait, 1));
        wait();
      }),
  );
  assert.match(output, /^200 303 ##\n##/);
  if (count % 250 === 0) after[count] = (await facts(page)).memory;
}
const grown = (100 * (after[1000] - after.first)) / after.first;
report(`1,000 runs in ${((Date.now() - begin) / 1000).toFixed(1)} s: memory ${JSON.stringify(after)}, grown by ${grown.toFixed(1)} %`);
assert(grown <= 10);
assert.deepEqual(wrong, []);

const phone = await open({ width: 390, height: 844 }, true);
await ready(phone.page);
await run(phone.page);
const widths = await phone.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
assert(widths[0] <= widths[1], `the page is wider than a phone: ${widths}`);
for (const id of ["run", "stop", "examples"]) assert((await phone.page.locator(`#${id}`).boundingBox()).height >= 36, id);
await phone.page.screenshot({ path: join(screenshots, "phone.png"), fullPage: true });
assert.deepEqual(phone.wrong, []);
report("and all of it fits on a phone");

await browser.close();
server.close();
