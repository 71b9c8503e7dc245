// What holds for every kind of page in every language, on a phone and on a desktop, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeSource, languages, open, pages, samples, sidewaysScroll } from "./site.mjs";

const WIDTHS = [360, 1280];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS = ["404", "article", "author", "fresh", "front", "month", "news", "section", "standalone", "tag", "tags"];

let site;
before(async () => { site = await open(); });
after(() => site.close());

test("the sample site has every kind of page in every language", () => {
  for (const language of languages) {
    const kinds = samples.filter((page) => page.language === language).map((page) => page.kind).sort();
    assert.deepEqual(kinds, KINDS, language);
  }
});

// Articles differ most from each other, so in one language all of them are looked at.
const articles = pages.filter((page) => page.kind === "article");
const shown = [...new Set([...samples, ...articles.filter((page) => page.language === languages[0])])];

for (const { path, kind } of shown) {
  test(`${path} is accessible, complete and no wider than the window`, async () => {
    const tab = await site.tab();
    const problems = [];
    tab.on("console", (message) => {
      // The browser reports the status of a 404 page as an error; here it is what we want.
      const isOwnStatus = kind === "404" && message.location().url === site.origin + path;
      if (message.type() === "error" && !isOwnStatus) problems.push(`console: ${message.text()}`);
    });
    tab.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    tab.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    tab.on("request", (request) => {
      if (!request.url().startsWith(`${site.origin}/`)) problems.push(`elsewhere: ${request.url()}`);
    });
    tab.on("response", (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    await tab.goto(path);
    await tab.evaluate(axeSource);
    for (const width of WIDTHS) {
      for (const colorScheme of ["light", "dark"]) {
        await tab.setViewportSize({ width, height: 800 });
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
    }
    await tab.close();
    assert.deepEqual(problems, []);
  });
}

for (const { path } of samples) {
  test(`${path} does not scroll sideways at 400 %, and is printed without navigation`, async () => {
    // A window of 1280 × 1024 pixels, enlarged fourfold.
    const tab = await site.tab({ width: 320, height: 256 });
    await tab.goto(path);
    assert.equal(await tab.evaluate(sidewaysScroll), "");
    await tab.emulateMedia({ media: "print" });
    const navigation = await tab.$$eval("nav, .skip", (found) =>
      found.filter((element) => element.checkVisibility()).map((element) => element.outerHTML.slice(0, 100)));
    assert.deepEqual(navigation, []);
    assert.ok(await tab.locator("h1").isVisible());
    assert.ok(await tab.locator("main").isVisible());
    await tab.close();
  });
}

// What a page may weigh, in bytes, and what it may ask for.
const MOST = { document: 60_000, stylesheet: 25_000, script: 3_000 };

for (const { path } of samples) {
  test(`${path} is light, asks only for a style sheet, an icon and pictures, and nothing in it moves`, async () => {
    const tab = await site.newReader({ width: 360, height: 800 });
    const asked = [];
    tab.on("response", (response) => asked.push(response));
    await tab.goto(path, { waitUntil: "networkidle" });
    for (const [type, most] of Object.entries(MOST)) {
      const replies = asked.filter((response) => response.request().resourceType() === type);
      assert.ok(replies.length <= 1, `${type}: ${replies.map((response) => response.url())}`);
      for (const response of replies) {
        const { length } = await response.body();
        assert.ok(length <= most, `${response.url()}: ${length} bytes`);
      }
    }
    const others = asked.map((response) => response.request().resourceType())
      .filter((type) => !(type in MOST) && type !== "image" && type !== "other" && type !== "fetch");
    assert.deepEqual(others, []);
    // Whatever a reader has said about motion: there is none to reduce.
    for (const reducedMotion of ["no-preference", "reduce"]) {
      await tab.emulateMedia({ reducedMotion });
      const moving = await tab.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior !== "auto";
      }).map((element) => element.outerHTML.slice(0, 80)));
      assert.deepEqual(moving, []);
    }
    await tab.close();
  });

  test(`what a finger hits on ${path} is 44 pixels high, and no text is smaller than 12`, async () => {
    const tab = await site.tab({ width: 360, height: 800 });
    await tab.goto(path);
    // Links in sentences are as high as their lines; of headlines the whole item leads to the article.
    const small = await tab.$$eval("nav a, .more a, .headlines li, .related li, .topics a, .term-index a", (found) => found
      .filter((element) => element.getBoundingClientRect().height < (element.matches("li:first-child") ? 30 : 43.5))
      .map((element) => `${element.getBoundingClientRect().height}: ${element.outerHTML.slice(0, 80)}`));
    assert.deepEqual(small, []);
    const tiny = await tab.evaluate(() => [...document.querySelectorAll("body *")]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 12)
      .map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(tiny, []);
    await tab.close();
  });
}

for (const { path, language } of samples.filter((page) => page.kind === "article" && page.language)) {
  test(`${path} is printed black on white, with its address, its date and the addresses of its links`, async () => {
    const tab = await site.tab();
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    await tab.goto(path);
    const { ink, paper } = await tab.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { ink: color, paper: backgroundColor };
    });
    assert.deepEqual({ ink, paper }, { ink: "rgb(0, 0, 0)", paper: "rgb(255, 255, 255)" });
    assert.ok(await tab.locator("article time").first().isVisible());
    const canonical = await tab.locator("link[rel=canonical]").getAttribute("href");
    assert.equal(await tab.getByText(canonical).isVisible(), true, language);
    const spelled = await tab.$$eval('.text a[href^="http"]', (links) => links.map((link) =>
      getComputedStyle(link, "::after").content.includes(link.getAttribute("href"))));
    assert.ok(spelled.every(Boolean));
    await tab.close();
  });
}

// On the shortest article the foot of the page is in sight when the newest headlines come.
const shortest = articles.reduce((a, b) => (a.length < b.length ? a : b));

for (const { path } of [...samples.filter((page) => page.kind === "article" || page.kind === "front"), shortest]) {
  for (const width of WIDTHS) {
    test(`nothing on ${path} moves while it loads, ${width} px wide`, async () => {
      const tab = await site.newReader({ width, height: 800 });
      await tab.goto(path, { waitUntil: "networkidle" });
      const shift = await tab.evaluate(async () => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) total += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        // Pictures further down are loaded when they come near.
        const pause = () => new Promise((done) => setTimeout(done, 50));
        for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
          scrollTo(0, y);
          await pause();
        }
        await Promise.all([...document.images].map((image) => image.decode()));
        await pause();
        return total;
      });
      assert.equal(shift, 0);
      await tab.close();
    });
  }
}
