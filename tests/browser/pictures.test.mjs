// What was made of pictures, as a browser sees it: the files decode, are as wide as the page says, and show the same in
// every format.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, pages } from "./site.mjs";

let site;
let tab;
before(async () => {
  site = await open();
  tab = await site.tab();
});
after(() => site.close());

const images = pages.flatMap(({ path, html }) => [...html.matchAll(/<img\b[^>]*>/g)].map(([tag]) => ({ path, tag })));

test("every picture on every page has a size and words for those who cannot see it", () => {
  assert.ok(images.length > 100, `${images.length}`);
  const bare = images.filter(({ tag }) => !/ width="?\d+/.test(tag) || !/ height="?\d+/.test(tag) || !/ alt[= >]/.test(tag));
  assert.deepEqual(bare, []);
});

// All series of files on all pages: of one picture in one form, by format.
const series = new Set(pages.flatMap(({ html }) =>
  [...html.matchAll(/ srcset="?([^">]+)"?/g)].map(([, srcset]) => srcset).filter((srcset) => / \d+w/.test(srcset))));
const files = [...new Set([...series].flatMap((srcset) => srcset.split(", ")))]
  .map((candidate) => candidate.split(" "))
  .map(([url, width]) => ({ url, width: parseInt(width), name: url.slice(0, url.lastIndexOf(".")) }));

test("every file decodes, is as wide as the page says, and shows the same in every format", async () => {
  await tab.goto("/");
  const formats = new Set(files.map(({ url }) => url.split(".").at(-1)));
  assert.deepEqual([...formats].sort(), ["avif", "jpg", "webp"]);
  assert.ok(files.length > 100, `${files.length}`);
  // Sixteen by sixteen colours of each.
  const seen = await tab.evaluate((urls) => Promise.all(urls.map(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const context = new OffscreenCanvas(16, 16).getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0, 16, 16);
    const { data } = context.getImageData(0, 0, 16, 16);
    return { width: image.naturalWidth, height: image.naturalHeight, colours: [...data] };
  })), files.map(({ url }) => url));
  const first = new Map();
  for (const [index, { url, width, name }] of files.entries()) {
    const picture = seen[index];
    assert.equal(picture.width, width, url);
    if (!first.has(name)) first.set(name, picture);
    const other = first.get(name);
    assert.equal(picture.height, other.height, url);
    const away = picture.colours.map((colour, at) => Math.abs(colour - other.colours[at]));
    const mean = away.reduce((sum, one) => sum + one, 0) / away.length;
    assert.ok(mean < 3 && Math.max(...away) < 40, `${url}: ${mean}, at most ${Math.max(...away)}`);
  }
  assert.ok(first.size < files.length / 2);
});

test("a browser takes the newest format, no wider than it needs", async () => {
  const { path } = pages.find(({ kind, html }) => kind === "article" && / srcset=/.test(html));
  for (const [width, most] of [[320, 640], [1280, 1600]]) {
    const reader = await site.newReader({ width, height: 800 });
    await reader.goto(path, { waitUntil: "networkidle" });
    const shown = await reader.locator("picture img").first().evaluate((image) => [image.currentSrc, image.naturalWidth]);
    assert.match(shown[0], /\.avif$/);
    const [, taken] = /-(\d+)w\.avif$/.exec(shown[0]);
    assert.ok(taken <= most, shown[0]);
    await reader.close();
  }
});
