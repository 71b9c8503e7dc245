// The preview in a browser: what is saved appears, and nothing else moves.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { overlay, overlayIsGone, overlayShows, open, shows, showsNoMore } from "./newsroom.mjs";
import { axeSource } from "./site.mjs";

const STORY = "2025/12/shortest-day";
const UA = `content/ua/${STORY}.md`;
const EN = `content/en/${STORY}.md`;

let newsroom;
before(async () => { newsroom = await open(); });
after(() => newsroom.close());

// The first line of an article's text, which is edited.
const firstLine = (text) => text.split("+++")[2].trim().split("\n")[0];

// Does something with files of the site, and puts them back.
async function meanwhile(names, act) {
  const texts = names.map((name) => newsroom.read(name));
  try {
    await act();
  } finally {
    names.forEach((name, index) => newsroom.put(name, texts[index]));
  }
}

const tabs = [];
async function tab(...args) {
  const opened = await newsroom.tab(...args);
  tabs.push(opened);
  return opened;
}
afterEach(async () => { for (const opened of tabs.splice(0)) await opened.close(); });

test("an edited article changes the tab that shows it, in place, and no other", async () => {
  const [ua, en] = [await tab(`/ua/${STORY}/`), await tab(`/en/${STORY}/`)];
  await meanwhile([UA, EN], async () => {
    await ua.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<div id=tall style='height: 3000px'></div>");
      document.querySelector("h1").marked = true;
      scrollTo(0, 700);
    });
    await en.evaluate(() => { document.querySelector("h1").marked = true; });
    newsroom.edit(UA, firstLine(newsroom.read(UA)), "Перший новий рядок.");
    await shows(ua, "Перший новий рядок.");
    // What did not change are the same elements.
    assert.ok(await ua.evaluate(() => document.querySelector("h1").marked));
    newsroom.edit(EN, firstLine(newsroom.read(EN)), "The first new line.");
    await shows(en, "The first new line.");
    assert.ok(await en.evaluate(() => document.querySelector("h1").marked));
    assert.deepEqual([ua.loads, en.loads], [1, 1], "no page was loaded again");
  });
});

test("scroll position and opened parts are kept", async () => {
  const page = "<details id=d><summary>More</summary>Text</details><details id=e open><summary>Open</summary>Text</details>";
  await meanwhile(["templates/article.html"], async () => {
    newsroom.edit("templates/article.html", "</article>", `${page}<div style='height: 3000px'></div></article>`);
    const ua = await tab(`/ua/${STORY}/`);
    await shows(ua, "More");
    await ua.evaluate(() => {
      document.querySelector("#d").open = true;
      document.querySelector("#e").open = false;
      scrollTo(0, 900);
    });
    newsroom.edit("templates/article.html", "More", "Even more");
    await shows(ua, "Even more");
    const state = () => ua.evaluate(() =>
      [document.querySelector("#d").open, document.querySelector("#e").open, Math.round(scrollY)]);
    assert.deepEqual(await state(), [true, false, 900]);
    assert.equal(ua.loads, 1);
    // A page that gets a script is loaded again; it stays at its place too.
    newsroom.edit("templates/article.html", "</article>", "<script>document.title += ' ran'</script></article>");
    await ua.waitForFunction(() => document.title.endsWith(" ran"), null, { polling: 20 });
    await ua.waitForFunction(() => scrollY === 900, null, { polling: 20 });
    assert.deepEqual(await state(), [true, false, 900]);
    assert.equal(ua.loads, 2);
  });
});

test("what a script has added stays; where it has changed what is saved, the page is loaded again", async () => {
  const page = "<div id=a>Source</div><p id=b>Source</p><script>"
    + "document.querySelector('#a').insertAdjacentHTML('beforeend', '<b>added</b>');"
    + "document.querySelector('#b').textContent += ', changed';</script>";
  await meanwhile([UA, "templates/article.html"], async () => {
    newsroom.edit("templates/article.html", "</article>", `${page}</article>`);
    const ua = await tab(`/ua/${STORY}/`);
    await shows(ua, "Source, changed");
    // The newest headlines, which the theme's own script has put there.
    await ua.waitForFunction(() => document.querySelector("[data-fresh-list] li"), null, { polling: 20 });
    newsroom.edit(UA, firstLine(newsroom.read(UA)), "Поряд зі скриптом.");
    await shows(ua, "Поряд зі скриптом.");
    const text = (selector) => ua.locator(selector).textContent();
    assert.deepEqual([await text("#a"), await text("#b")], ["Sourceadded", "Source, changed"]);
    assert.ok(await ua.locator("[data-fresh-list] li").count() > 0);
    assert.equal(ua.loads, 1);
    newsroom.edit("templates/article.html", "<div id=a>Source", "<div id=a>New ");
    await shows(ua, "New added");
    assert.equal(ua.loads, 1);
    newsroom.edit("templates/article.html", "<p id=b>Source", "<p id=b>Other");
    await shows(ua, "Other, changed");
    assert.equal(ua.loads, 2);
  });
});

test("a template reaches tabs of all languages", async () => {
  const both = [await tab(`/ua/${STORY}/`), await tab("/en/")];
  await meanwhile(["templates/base.html"], async () => {
    newsroom.edit("templates/base.html", "</footer>", "Edited footer</footer>");
    for (const one of both) await shows(one, "Edited footer");
  });
  for (const one of both) await showsNoMore(one, "Edited footer");
});

test("a style sheet is exchanged without loading the page, which is never without one", async () => {
  const ua = await tab(`/ua/${STORY}/`);
  const nSheets = await ua.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length);
  await ua.evaluate(() => {
    window.sheets = [];
    const look = () => { window.sheets.push(document.styleSheets.length); requestAnimationFrame(look); };
    look();
  });
  const colour = () => ua.evaluate(() => getComputedStyle(document.body).outlineColor);
  await meanwhile(["static/style.css"], async () => {
    newsroom.put("static/style.css", `${newsroom.read("static/style.css")}\nbody { outline: 1px solid rgb(1, 2, 3) }\n`);
    await ua.waitForFunction(
      () => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)", null, { polling: 20 });
    await ua.waitForFunction((n) => document.querySelectorAll("link[rel=stylesheet]").length === n, nSheets);
    assert.equal(await colour(), "rgb(1, 2, 3)");
    assert.equal(ua.loads, 1);
    assert.ok(await ua.evaluate((nSheets) => window.sheets.every((n) => n >= nSheets), nSheets), "some frame lacked a style sheet");
  });
});

test("a tag's new name reaches its page and the articles that have it", async () => {
  const tags = newsroom.read("content/tags.toml");
  const [, id] = /^\[([a-z0-9-]+)\]/m.exec(tags);
  const name = new RegExp(`\\[${id}\\][^[]*?ua = "([^"]+)"`).exec(tags)[1];
  const page = await tab("/ua/tags/");
  await shows(page, name);
  await meanwhile(["content/tags.toml"], async () => {
    newsroom.edit("content/tags.toml", `"${name}"`, "\"Перейменована тема\"");
    await shows(page, "Перейменована тема");
  });
  await shows(page, name);
});

test("a story comes into lists and goes from them, and its open page says so", async () => {
  const list = await tab("/en/news/");
  const file = "content/en/2025/12/new-story.md";
  newsroom.put(file, "+++\ntitle = \"A story from nowhere\"\ndate = 2025-12-22T10:00:00\nsection = \"science\"\n+++\n\nText.\n");
  await shows(list, "A story from nowhere");
  const own = await tab("/en/2025/12/new-story/");
  await shows(own, "A story from nowhere");
  newsroom.remove(file);
  await showsNoMore(list, "A story from nowhere");
  await own.waitForFunction(() => document.body.dataset.page === "404", null, { polling: 20 });
});

test("a broken file leaves the page as it is, with the problem over it until it is mended", async () => {
  const [ua, en] = [await tab(`/ua/${STORY}/`), await tab("/en/")];
  const text = await ua.evaluate(() => document.body.textContent);
  await meanwhile([UA], async () => {
    newsroom.edit(UA, "title = ", "title ");
    for (const one of [ua, en]) await overlayShows(one, UA);
    assert.match(await overlay(ua), /error\[toml\]/);
    assert.ok(newsroom.told().includes("error[toml]"), "the terminal says it too");
    assert.equal(await ua.evaluate(() => document.body.textContent), text);
    // Loaded again it is the same, and the problem can be put aside.
    await ua.reload();
    await overlayShows(ua, UA);
    assert.equal(await ua.evaluate(() => document.body.textContent), text);
    await ua.keyboard.press("Escape");
    assert.equal(await overlay(ua), "Visti: 1 problem");
    await ua.reload();
    await overlayShows(ua, "Visti: 1 problem");
    assert.doesNotMatch(await overlay(ua), /toml/);
  });
  for (const one of [ua, en]) await overlayIsGone(one);
  assert.equal(await ua.evaluate(() => document.body.textContent), text);
});

test("what stands over a page can be read by everyone", async () => {
  const ua = await tab(`/ua/${STORY}/`, { width: 390, height: 844 });
  await meanwhile([UA], async () => {
    newsroom.edit(UA, "title = ", "title ");
    await overlayShows(ua, "toml");
    await ua.evaluate(axeSource);
    const found = await ua.evaluate(() => axe.run("visti-problems"));
    assert.deepEqual(found.violations.map((violation) => violation.id), []);
  });
});

test("the switcher leads to the other languages, and what is saved reaches them", async () => {
  const page = await tab(`/ua/${STORY}/`);
  await page.locator(`nav.switcher a[href="/en/${STORY}/"]`).click();
  await page.waitForURL(`**/en/${STORY}/`);
  await meanwhile([EN], async () => {
    newsroom.edit(EN, firstLine(newsroom.read(EN)), "After the switch.");
    await shows(page, "After the switch.");
  });
});

test("edits one after the other all arrive", async () => {
  const page = await tab(`/ua/${STORY}/`);
  await meanwhile([UA], async () => {
    let line = firstLine(newsroom.read(UA));
    for (let n = 1; n <= 12; n += 1) {
      newsroom.edit(UA, line, `Правка номер ${n}.`);
      line = `Правка номер ${n}.`;
      await shows(page, line);
    }
  });
});

test("a tab finds the preview again after it was started anew", async () => {
  const page = await tab(`/ua/${STORY}/`);
  await meanwhile([UA], async () => {
    newsroom.edit(UA, firstLine(newsroom.read(UA)), "Перед зупинкою.");
    await shows(page, "Перед зупинкою.");
    await newsroom.stop();
    newsroom.edit(UA, "Перед зупинкою.", "Поки перегляд не працював.");
    await newsroom.start();
    await shows(page, "Поки перегляд не працював.");
    assert.equal(page.loads, 1);
  });
});

test("the panel finds stories, leads to their pages, and follows the files", async () => {
  const page = await tab("/_visti/");
  const title = /title = "(.*)"/.exec(newsroom.read(EN))[1];
  await page.getByLabel("Title or path").fill(title.toUpperCase());
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/\?q=./);
  assert.equal(await page.locator("tbody tr").count(), 1);
  await meanwhile([UA], async () => {
    newsroom.edit(UA, "+++\n", "+++\ndraft = true\n");
    await page.waitForFunction(() => document.querySelector("td .state").textContent === "draft", null, { polling: 20 });
  });
  await page.waitForFunction(() => document.querySelector("td .state").textContent === "published", null, { polling: 20 });
  await page.getByRole("link", { name: title }).click();
  await page.waitForURL(`**/en/${STORY}/`);
});

for (const [name, viewport, colorScheme] of [
  ["a desk", { width: 1280, height: 900 }, "light"],
  ["a telephone", { width: 390, height: 844 }, "dark"],
]) {
  test(`the panel on ${name} can be read by everyone and does not scroll sideways`, async () => {
    const page = await tab("/_visti/", viewport);
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => axe.run());
    assert.deepEqual(found.violations.map((violation) => [violation.id, violation.nodes[0].html]), []);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(beyond <= 0, `${beyond} px`);
  });
}
