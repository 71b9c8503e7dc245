// A copy of the sample site that may be edited, and `visti serve --watch` for it.
//
// VISTI     the program                      (default: target/release/visti)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./site.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const program = resolve(process.env.VISTI ?? join(repository, "target/release/visti"));
const LIMIT = 60_000;

// Starts preview and browser; `close` ends both.
export async function open() {
  const folder = mkdtempSync(join(tmpdir(), "visti-preview-"));
  for (const name of ["site.toml", "content", "templates", "static"]) {
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const put = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const edit = (name, from, to) => {
    const text = read(name);
    assert.ok(text.includes(from), `${name} has no ${from}`);
    put(name, text.replace(from, to));
  };
  const remove = (name) => rmSync(join(folder, name));

  let preview;
  let origin;
  let told = "";
  const start = async () => {
    const port = origin ? new URL(origin).port : "0";
    preview = spawn(program, ["serve", "--watch", "--port", port], { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
    preview.stderr.on("data", (data) => { told += data; });
    let said = "";
    for await (const data of preview.stdout) {
      said += data;
      if (said.includes("Ctrl-C")) break;
    }
    origin = /http:\/\/[^/]+/.exec(said)[0];
    preview.stdout.resume();
  };
  const stop = async () => {
    preview.kill("SIGINT");
    await once(preview, "exit");
  };
  await start();

  const browser = await launch();
  const tab = async (path, viewport = { width: 1280, height: 800 }) => {
    const tab = await browser.newPage({ baseURL: origin, viewport, reducedMotion: "reduce" });
    tab.setDefaultTimeout(LIMIT);
    tab.loads = 0;
    tab.on("load", () => { tab.loads += 1; });
    await tab.goto(path);
    return tab;
  };
  const close = async () => {
    await browser.close();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { origin, read, put, edit, remove, tab, start, stop, close, told: () => told };
}

// Waits until a page has a text, without loading it again. Typography makes some spaces no-break ones.
export const shows = (tab, text) =>
  tab.waitForFunction(
    (text) => document.body?.textContent.replaceAll("\u00a0", " ").includes(text), text, { polling: 20 });
export const showsNoMore = (tab, text) =>
  tab.waitForFunction(
    (text) => document.body && !document.body.textContent.replaceAll("\u00a0", " ").includes(text), text, { polling: 20 });

// What stands over a page; null when nothing does.
export const overlay = (tab) =>
  tab.evaluate(() => document.querySelector("visti-problems")?.shadowRoot.textContent ?? null);
export const overlayShows = (tab, text) =>
  tab.waitForFunction(
    (text) => document.querySelector("visti-problems")?.shadowRoot.textContent.includes(text), text, { polling: 20 });
export const overlayIsGone = (tab) =>
  tab.waitForFunction(() => !document.querySelector("visti-problems"), null, { polling: 20 });
