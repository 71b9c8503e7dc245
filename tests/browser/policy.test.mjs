// The theme works under the content security policy that is made for it: nothing that a page needs is refused,
// and what has no place there is.
//
// VISTI     the program                      (default: target/release/visti)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { open, repository, samples } from "./site.mjs";

const program = resolve(process.env.VISTI ?? join(repository, "target/release/visti"));
const SCRIPT = "document.documentElement.dataset.inline = 'it runs';";

let folder;
let site;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "visti-policy-"));
  for (const name of ["site.toml", "content", "templates", "static"]) {
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  const settings = readFileSync(join(folder, "site.toml"), "utf8");
  assert.ok(settings.includes('host = "other"'));
  writeFileSync(join(folder, "site.toml"), settings.replace('host = "other"', 'host = "netlify"'));
  writeFileSync(join(folder, "templates/hooks/head.html"), `<script>${SCRIPT}</script>\n`);
  const build = ["build", "--strict", "--quiet", "--base-url", "http://127.0.0.1:8000"];
  execFileSync(program, build, { cwd: folder, stdio: "inherit" });
  site = await open(join(folder, "public"));
});
after(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

// Everything that the policy refused on a page so far.
const watch = (tab) => tab.addInitScript(() => {
  globalThis.refused = [];
  addEventListener("securitypolicyviolation", (event) => {
    globalThis.refused.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
});

for (const { path, kind } of samples) {
  test(`the policy refuses nothing of ${path}`, async () => {
    const tab = await site.tab();
    await watch(tab);
    const response = await tab.goto(path, { waitUntil: "networkidle" });
    assert.match(response.headers()["content-security-policy"], /^default-src 'self'; script-src 'self' 'sha256-/);
    assert.deepEqual(await tab.evaluate(() => globalThis.refused), [], kind);
    assert.equal(await tab.evaluate(() => document.documentElement.dataset.inline), "it runs");
    await tab.close();
  });
}

test("the policy lets a video and a post be shown after a click, and refuses other frames", async () => {
  const tab = await site.tab();
  await watch(tab);
  // Nothing is asked of the services themselves.
  await tab.route((url) => url.origin !== site.origin, (route) => route.fulfill({ contentType: "text/html", body: "shown" }));
  await tab.goto("/");
  const frames = (urls) => tab.evaluate((urls) => Promise.all(urls.map((url) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", done);
    frame.src = url;
    document.body.append(frame);
  }))), urls);
  await frames(["https://www.youtube-nocookie.com/embed/x", "https://player.vimeo.com/video/1", "https://t.me/visti/1?embed=1"]);
  assert.deepEqual(await tab.evaluate(() => globalThis.refused), []);
  await frames(["https://elsewhere.example/"]);
  assert.deepEqual(await tab.evaluate(() => globalThis.refused), ["frame-src https://elsewhere.example"]);
  await tab.close();
});

test("the policy refuses what was smuggled into a page", async () => {
  const tab = await site.tab();
  await watch(tab);
  await tab.goto("/");
  await tab.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'smuggled'";
    document.body.append(script);
    const button = document.createElement("button");
    button.setAttribute("onclick", "document.title = 'smuggled'");
    document.body.append(button);
    button.click();
  });
  assert.notEqual(await tab.title(), "smuggled");
  assert.deepEqual((await tab.evaluate(() => globalThis.refused)).sort(), ["script-src-attr inline", "script-src-elem inline"]);
  await tab.close();
});
