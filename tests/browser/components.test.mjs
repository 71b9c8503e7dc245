// Components in articles: videos and posts of other websites load by a click only, a gallery is leafed through by
// keyboard, and without scripts everything can be read.
//
// VISTI     the program, which builds the site   (default: target/release/visti)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { axeSource, open, repository, sidewaysScroll, word } from "./site.mjs";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LANGUAGES = ["ua", "en", "ru"];

// An article with everything; of each component two.
const picture = (name) =>
  `[[pictures]]\nsrc = "/pictures/${name}.jpg"\nalt = "${name}"\ncaption = "Caption"\ncredit = "Somebody"\n`;
const gallery = ["comet-roofs", "fen-mist", "stork-shallows", "night-bakery"].map(picture).join("\n");
const BLOCKS = `
\`\`\`quote
person = "Somebody"
role = "reader"
+++
Words.
\`\`\`

\`\`\`key-points
points = ["One", "Two"]
\`\`\`

\`\`\`factbox
title = "Facts"
+++
* one
\`\`\`

\`\`\`gallery
${gallery}
\`\`\`

\`\`\`timeline
title = "Events"
events = [{ date = 2025-12-01, title = "One", text = "Text." }, { when = "Later" }]
\`\`\`

\`\`\`table
caption = "Figures"
source = "Somebody"
+++
Town,Snow,A wide column with a long heading,Another wide column with a long heading
Kyiv,1,2,3
\`\`\`

\`\`\`video
file = "/videos/a.mp4"
poster = "/pictures/fen-mist.jpg"
captions = "/videos/a.vtt"
title = "A film"
\`\`\`

\`\`\`video
url = "https://vimeo.com/123456"
title = "A film elsewhere"
poster = "/pictures/fen-mist.jpg"
\`\`\`

\`\`\`telegram
url = "https://t.me/visti_test/43"
author = "Somebody"
text = "Words of a post."
\`\`\`

https://youtu.be/aB3_-56789x

https://t.me/visti_test/42
`;
const FRAMES = [
  "https://player.vimeo.com/video/123456?autoplay=1&dnt=1",
  "https://t.me/visti_test/43?embed=1",
  "https://www.youtube-nocookie.com/embed/aB3_-56789x?autoplay=1",
  "https://t.me/visti_test/42?embed=1",
];

let folder;
let site;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "visti-components-"));
  for (const name of ["site.toml", "content", "templates", "static"]) {
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, "static/videos"));
  for (const name of ["a.mp4", "a.vtt"]) writeFileSync(join(folder, "static/videos", name), "");
  for (const language of LANGUAGES) {
    const head = `+++\ntitle = "All components"\ndate = 2025-12-01\nsection = "society"\n+++\n`;
    writeFileSync(join(folder, "content", language, "components.md"), `${head}Text.\n${BLOCKS.repeat(2)}`);
  }
  const program = resolve(process.env.VISTI ?? join(repository, "target/release/visti"));
  const output = join(folder, "public");
  execFileSync(program, ["build", "--quiet", "--root", folder, "--output", output], { stdio: "ignore" });
  site = await open(output);
});
after(async () => {
  await site?.close();
  rmSync(folder, { recursive: true });
});

// A tab in which other websites answer with an empty page; `asked` is what was asked of them.
async function reader(path, viewport = { width: 1280, height: 800 }) {
  const tab = await site.newReader(viewport);
  const asked = [];
  await tab.route(/^https?:/, (route) => {
    const url = route.request().url();
    if (url.startsWith(`${site.origin}/`)) return route.continue();
    asked.push(url);
    return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>x</title>" });
  });
  await tab.goto(path, { waitUntil: "networkidle" });
  return { tab, asked };
}

test("nothing is asked of other websites before a click, and then of one only, by one frame", async () => {
  const { tab, asked } = await reader("/en/components/");
  const buttons = tab.locator("[data-embed] > button");
  assert.equal(await buttons.count(), 2 * FRAMES.length);
  await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
  for (const button of await buttons.all()) await button.hover();
  assert.deepEqual(asked, []);
  assert.equal(await tab.locator("iframe").count(), 0);
  for (const [index, url] of FRAMES.entries()) {
    // The first that is left is the next: a button gives way to its frame.
    await buttons.first().click();
    await tab.waitForFunction((n) => document.querySelectorAll("iframe").length === n, index + 1);
    await tab.waitForLoadState("networkidle");
    assert.deepEqual(asked, FRAMES.slice(0, index + 1));
    assert.equal(await tab.locator("iframe").nth(index).getAttribute("src"), url);
  }
  const titles = await tab.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.title));
  assert.ok(titles.every((title) => title.length > 3), titles.join());
  await tab.close();
});

test("a button is pressed with the keyboard, says to whom data go, and the frame gets the focus", async () => {
  for (const language of LANGUAGES) {
    const { tab, asked } = await reader(`/${language}/components/`);
    const button = tab.getByRole("button", { name: word("show-video", language) }).first();
    const note = word("embed-note", language).replace("{ $provider }", "Vimeo");
    assert.ok((await button.innerText()).includes(note), await button.innerText());
    await button.focus();
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => document.activeElement?.localName === "iframe");
    assert.deepEqual(asked, FRAMES.slice(0, 1));
    await tab.close();
  }
});

test("a frame takes the place of its button, so that nothing jumps", async () => {
  const { tab } = await reader("/ua/components/");
  const heights = () => tab.evaluate(() => document.querySelector("[data-embed]").getBoundingClientRect().height);
  const before = await heights();
  await tab.locator("[data-embed] > button").first().click();
  await tab.waitForSelector("iframe");
  assert.ok(Math.abs((await heights()) - before) < 2, `${before} → ${await heights()}`);
  await tab.close();
});

test("a post on Telegram says how high it is; other websites are not listened to", async () => {
  const { tab } = await reader("/ua/components/");
  for (const [website, height] of [["https://player.vimeo.com", 222], ["https://t.me", 321]]) {
    const body = `<script>parent.postMessage('{"event":"resize","height":${height}}', "*")</script>`;
    await tab.route(`${website}/**`, (route) => route.fulfill({ contentType: "text/html", body }));
  }
  const frame = async (address) => {
    await tab.locator(`[data-embed^="${address}"] > button`).first().click();
    return tab.locator(`iframe[src^="${address}"]`).first();
  };
  const film = await frame("https://player.vimeo.com/");
  await film.contentFrame().locator("script").waitFor({ state: "attached" });
  const post = await frame("https://t.me/");
  await tab.waitForFunction(() => document.querySelector('iframe[src^="https://t.me/"]').style.height);
  const height = (frame) => frame.evaluate((element) => element.style.height);
  assert.deepEqual([await height(film), await height(post)], ["", "321px"]);
  await tab.close();
});

test("a gallery is leafed through with the arrow keys", async () => {
  const { tab } = await reader("/ua/components/");
  const gallery = tab.locator(".gallery").first();
  await gallery.focus();
  const position = () => gallery.evaluate((element) => Math.round(element.scrollLeft));
  const key = async (name) => {
    const before = await position();
    await tab.keyboard.press(name);
    await tab.waitForFunction(
      (before) => Math.round(document.querySelector(".gallery").scrollLeft) !== before, before);
    // Smooth or not, it comes to rest at a picture.
    let last;
    do {
      last = await position();
      await tab.waitForTimeout(100);
    } while (last !== await position());
    return last;
  };
  const [first, second] = [await key("ArrowRight"), await key("ArrowRight")];
  assert.ok(0 < first && first < second, `${first}, ${second}`);
  const isAtPicture = await gallery.evaluate((element) => {
    const { left, width } = element.getBoundingClientRect();
    const middles = [...element.querySelectorAll("li")].map((item) => {
      const box = item.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - left - width / 2);
    });
    return Math.min(...middles) < 2;
  });
  assert.ok(isAtPicture);
  assert.equal(await key("ArrowLeft"), first);
  assert.ok(await gallery.evaluate((element) => element.matches(":focus-visible")));
  await tab.close();
});

test("a gallery is leafed through with its buttons, and the first picture follows the last", async () => {
  const { tab } = await reader("/ua/components/");
  const gallery = tab.locator(".gallery").first();
  const position = () => gallery.evaluate((element) => Math.round(element.scrollLeft));
  const press = async (name) => {
    const before = await position();
    await tab.getByRole("button", { name: word(name, "ua") }).first().click();
    await tab.waitForFunction(
      (before) => Math.round(document.querySelector(".gallery").scrollLeft) !== before, before);
    return position();
  };
  const positions = [await press("next-picture"), await press("next-picture"), await press("next-picture")];
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
  const end = await gallery.evaluate((element) => element.scrollWidth - element.clientWidth);
  assert.equal(positions.at(-1), end);
  assert.equal(await press("next-picture"), 0);
  assert.equal(await press("previous-picture"), end);
  assert.equal(await press("previous-picture"), positions[1]);
  await tab.close();
});

test("a gallery that is in sight as a whole has no buttons", async () => {
  const { tab } = await reader("/ua/components/");
  const buttons = tab.locator(".leaf").first();
  assert.ok(await buttons.isVisible());
  await tab.evaluate(() => document.querySelectorAll(".gallery li:not(:last-child)").forEach((item) => item.remove()));
  await buttons.waitFor({ state: "hidden" });
  await tab.close();
});

for (const language of LANGUAGES) {
  test(`all components are accessible and no wider than the window in ${language}`, async () => {
    const problems = [];
    for (const width of [360, 1280]) {
      const { tab } = await reader(`/${language}/components/`, { width, height: 800 });
      await tab.evaluate(axeSource);
      for (const colorScheme of ["light", "dark"]) {
        await tab.emulateMedia({ colorScheme });
        const view = `${width} px, ${colorScheme}`;
        const wide = await tab.evaluate(sidewaysScroll);
        if (wide) problems.push(`${view}: scrolls sideways by ${wide}`);
        const found = await tab.evaluate(
          (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), WCAG);
        for (const { id, help, nodes } of found.violations) {
          problems.push(`${view}: ${id}: ${help}: ${nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
        }
      }
      await tab.close();
    }
    assert.deepEqual(problems, []);
  });
}

test("without scripts there are links instead of buttons, and every picture", async () => {
  const tab = await site.withoutScripts();
  await tab.goto("/ua/components/");
  assert.equal(await tab.getByRole("button").count(), 0);
  const links = await tab.locator(".embed figcaption a:visible").evaluateAll((all) => all.map((link) => link.href));
  assert.deepEqual(links.slice(0, FRAMES.length), [
    "https://vimeo.com/123456",
    "https://t.me/visti_test/43",
    "https://www.youtube.com/watch?v=aB3_-56789x",
    "https://t.me/visti_test/42",
  ]);
  assert.equal(await tab.locator(".gallery").first().locator("img:visible").count(), 4);
  assert.equal(await tab.locator(".leaf:visible").count(), 0);
  await tab.close();
});

test("on paper there are links instead of buttons, and all pictures of a gallery", async () => {
  const { tab } = await reader("/ua/components/");
  await tab.emulateMedia({ media: "print" });
  assert.equal(await tab.locator(".embed button:visible, .leaf:visible").count(), 0);
  assert.ok(await tab.locator(".embed figcaption a:visible").count() >= FRAMES.length);
  const isWhole = await tab.locator(".gallery").first().evaluate((element) =>
    element.scrollWidth <= element.clientWidth + 1);
  assert.ok(isWhole);
  await tab.close();
});
