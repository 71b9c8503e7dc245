// Fresh headlines: articles link to them, and a small script puts them in the place of the link.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages, open, pages, word } from "./site.mjs";

let site;
before(async () => { site = await open(); });
after(() => site.close());

const newest = (language) => pages.filter((page) => page.kind === "article" && page.language === language);

for (const language of languages) {
  test(`an article in ${language} shows the newest headlines, but not its own`, async () => {
    const tab = await site.tab();
    await tab.goto(`/${language}/fresh/`);
    const all = await tab.$$eval("[data-fresh-list] li a", (links) => links.map((link) => link.getAttribute("href")));
    assert.ok(all.length > 2);
    await tab.goto(all[0]);
    await tab.waitForSelector("aside [data-fresh-list]");
    const shown = await tab.$$eval("aside [data-fresh-list] li a", (links) => links.map((link) => link.getAttribute("href")));
    assert.deepEqual(shown, all.slice(1));
    await tab.locator("aside h2 a").click();
    await tab.waitForURL(`/${language}/fresh/`);
    assert.equal(await tab.locator("h1").textContent(), word("latest-news", language));
    await tab.close();
  });
}

test("where the headlines cannot be loaded, the link to them stays", async () => {
  const tab = await site.tab();
  await tab.route("**/fresh/", (route) => route.abort());
  const problems = [];
  tab.on("pageerror", (error) => problems.push(error));
  const asked = tab.waitForEvent("requestfailed");
  await tab.goto(newest(languages[0])[0].path);
  await asked;
  assert.equal(await tab.locator("aside [data-fresh-list]").count(), 0);
  assert.ok(await tab.locator("aside[data-fresh] a").isVisible());
  assert.deepEqual(problems, []);
  await tab.close();
});
