// Ways through the site: by keyboard, between the languages, and from an unknown address.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages, open, pages, samples, word } from "./site.mjs";

let site;
before(async () => { site = await open(); });
after(() => site.close());

const articles = pages.filter((page) => page.kind === "article");
const path = (tab) => new URL(tab.url()).pathname;
const inFocus = (tab, selector) =>
  tab.evaluate((selector) => document.activeElement?.closest(selector) !== null, selector);

for (const { path } of samples) {
  test(`on ${path} the Tab key stops at the skip link, which leads into the content, then at the languages`, async () => {
    const tab = await site.tab();
    await tab.goto(path);
    await tab.keyboard.press("Tab");
    assert.ok(await inFocus(tab, "a.skip"));
    const box = await tab.locator("a.skip").boundingBox();
    assert.ok(box.width > 40 && box.height > 20, "the skip link shows itself in focus");
    await tab.keyboard.press("Tab");
    assert.ok(await inFocus(tab, "nav.switcher"));

    await tab.keyboard.press("Shift+Tab");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/#./);
    assert.equal(new URL(tab.url()).hash, `#${await tab.locator("main").getAttribute("id")}`);
    // The focus goes on from the beginning of <main>: its next stop is there, or behind if there is none.
    await tab.keyboard.press("Tab");
    const hasMoved = await tab.evaluate(() => {
      const main = document.querySelector("main");
      const first = main.querySelector("a[href], button, input, [tabindex]");
      return first ? document.activeElement === first : document.activeElement.closest("footer") !== null;
    });
    assert.ok(hasMoved, "the next stop is the first in <main>");
    await tab.close();
  });
}

for (const { path, kind } of samples.filter((page) => page.language === languages[0])) {
  test(`whatever the Tab key stops at on ${path} is in sight and has a frame`, async () => {
    const tab = await site.tab({ width: 360, height: 800 });
    await tab.goto(path);
    const problems = [];
    for (let n = 0; n < 30; n += 1) {
      await tab.keyboard.press("Tab");
      const problem = await tab.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return "the end";
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const isFramed = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
        const isInSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
          && box.right > 0 && box.left < innerWidth;
        return isFramed && isInSight ? "" : element.outerHTML.slice(0, 100);
      });
      if (problem === "the end") break;
      if (problem) problems.push(problem);
    }
    assert.deepEqual(problems, [], kind);
    await tab.close();
  });
}

const complete = articles.find((page) => !/class="missing"/.test(page.html));

for (const from of languages) {
  for (const to of languages.filter((code) => code !== from)) {
    test(`the switcher leads from a story in ${from} to the same story in ${to}, and back`, async () => {
      const own = complete.path.replace(/^\/[^/]+\//, `/${from}/`);
      const other = complete.path.replace(/^\/[^/]+\//, `/${to}/`);
      const tab = await site.tab();
      await tab.goto(own);
      const tag = await tab.locator("html").getAttribute("lang");
      await tab.locator(`nav.switcher a[href="${other}"]`).click();
      await tab.waitForURL(other);
      assert.notEqual(await tab.locator("html").getAttribute("lang"), tag);
      assert.equal(await tab.locator("nav.switcher [aria-current=page]").getAttribute("href"), other);
      await tab.locator(`nav.switcher a[hreflang="${tag}"]`).click();
      await tab.waitForURL(own);
      assert.equal(await tab.locator("html").getAttribute("lang"), tag);
      await tab.close();
    });
  }
}

const incomplete = articles.filter((page) => /class="missing"/.test(page.html));

test("some story of the sample site lacks an edition", () => assert.notEqual(incomplete.length, 0));

for (const { path: own, language } of incomplete) {
  test(`the switcher of ${own} says which languages lack the story, and leads to its section`, async () => {
    const tab = await site.tab();
    await tab.goto(own);
    // A story without a section leads to the front page.
    const [section = `/${language}/`] = await tab.$$eval("article header .kicker a", (links) => links.map((link) => link.getAttribute("href")));
    const there = new Set(await tab.$$eval("link[rel=alternate]", (links) => links.map((link) => link.hreflang)));
    for (const code of languages) {
      const entry = tab.locator(`nav.switcher a[href^="/${code}/"]`);
      const isMissing = !there.has(await entry.getAttribute("hreflang"));
      const note = word("not-available", code);
      // By its accessible name, as a screen reader finds it.
      const named = tab.locator("nav.switcher").getByRole("link", { name: note });
      if (!isMissing) continue;
      // The section's own page knows its address in that language.
      const instead = await named.getAttribute("href");
      await tab.goto(section);
      assert.equal(await tab.locator(`nav.switcher a[href^="/${code}/"]`).getAttribute("href"), instead);
      await tab.goto(own);
      const described = await entry.getAttribute("aria-describedby");
      assert.equal(await tab.locator(`#${described}`).textContent(), word("no-story-in-language", code));
      const reply = await tab.goto(instead);
      assert.equal(reply.status(), 200);
      await tab.goto(own);
    }
    await tab.close();
  });
}

for (const language of languages) {
  test(`an unknown address below /${language}/ gets that language's 404 page`, async () => {
    const tab = await site.tab();
    const reply = await tab.goto(`/${language}/no/such/page/`);
    assert.equal(reply.status(), 404);
    assert.equal(await tab.locator("h1").textContent(), word("not-found", language));
    await tab.locator("main a").first().click();
    await tab.waitForURL(`/${language}/`);
    assert.equal(path(tab), `/${language}/`);
    await tab.close();
  });
}
