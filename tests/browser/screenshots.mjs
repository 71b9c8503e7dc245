// Pictures of every kind of page, for people to look at: scripts/screenshots.
//
// node screenshots.mjs FOLDER [WORD…]   only those whose names have all of these words
// VISTI                                 the program, which builds the variants of the sample site

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { languages, open, pages, repository, samples } from "./site.mjs";

const WIDTHS = [360, 768, 1280, 1920];
const SCHEMES = ["light", "dark"];
const PAPER = { width: 718, height: 1000 }; // A4 less its margins

const [folder, ...words] = process.argv.slice(2);
const isWanted = (name) => words.every((word) => name.includes(word));
mkdirSync(folder, { recursive: true });

// What is shown: a name and an address. Beside the longest page of each kind, articles that differ from it.
const shots = samples
  .filter((page) => page.language)
  .map(({ kind, language, path }) => ({ name: `${kind}-${language}`, path }));
const articles = pages.filter((page) => page.kind === "article");
const first = (name, has) => {
  for (const language of languages) {
    const page = articles.find((page) => page.language === language && has(page.html));
    if (page) shots.push({ name: `${name}-${language}`, path: page.path });
  }
};
const headline = (html) => /<h1>([^<]*)/.exec(html)[1];
const longest = Math.max(...articles.map(({ html }) => headline(html).length));
first("article-long-headline", (html) => headline(html).length > longest * 0.8);
first("article-no-picture", (html) => !html.includes("lead-picture"));
first("article-missing-edition", (html) => html.includes('class="missing"'));
first("article-correction", (html) => html.includes("corrections_of_text"));
for (const part of ["quote", "factbox", "gallery", "timeline", "data"]) {
  first(`article-with-${part}`, (html) => html.includes(`class="${part}"`));
}
first("article-updated", (html) => html.includes('class="updated"'));

// A copy of the sample site with other content, built.
function variant(change) {
  const root = mkdtempSync(join(tmpdir(), "visti-"));
  for (const name of ["site.toml", "content", "templates", "static"]) {
    cpSync(join(repository, name), join(root, name), { recursive: true });
  }
  for (const language of languages) {
    const content = join(root, "content", language);
    const stories = readdirSync(content, { recursive: true })
      .filter((name) => name.endsWith(".md") && !name.startsWith("pages"))
      .map((name) => ({ file: join(content, name), text: readFileSync(join(content, name), "utf8") }));
    change(stories.sort((a, b) => date(a) < date(b) ? 1 : -1));
  }
  const build = ["build", "--quiet", "--root", root, "--output", join(root, "public")];
  // Its warnings are about the stories that were taken away.
  execFileSync(resolve(process.env.VISTI), build, { stdio: "ignore" });
  return root;
}
const date = ({ text }) => /^date = "?(\S+)/m.exec(text)[1];

// Of each language only the newest stories, in one without links to the others.
const sparse = (stories) => stories.forEach(({ file, text }, index) => {
  if (index < 4) writeFileSync(file, text.replaceAll(/\]\([^)]*\.md[^)]*\)/g, "](https://example.org/)"));
  else rmSync(file);
});
const withoutPictures = (stories) => stories.forEach(({ file, text }) =>
  writeFileSync(file, text.replace(/^\[image\]\n(?:(?!\[|\+\+\+).*\n)*/m, "").replace(/^image = .*\n/m, "")));

let n = 0;
async function shoot(site, shots) {
  const tab = await site.tab();
  const save = async (name) => {
    await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    n += 1;
  };
  for (const { name, path } of shots) {
    const views = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme, shot: `${name}-${width}-${scheme}` })));
    for (const { width, scheme, shot } of views.filter(({ shot }) => isWanted(shot))) {
      await tab.setViewportSize({ width, height: 900 });
      await tab.emulateMedia({ media: "screen", colorScheme: scheme });
      await tab.goto(path);
      await loaded(tab);
      await save(shot);
    }
    if (!isWanted(`${name}-print`)) continue;
    await tab.setViewportSize(PAPER);
    await tab.emulateMedia({ media: "print", colorScheme: "light" });
    await tab.goto(path);
    await loaded(tab);
    await save(`${name}-print`);
  }
}

// Pictures further down are loaded when they come near.
async function loaded(tab) {
  await tab.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode()));
  });
}

const fronts = (name) => languages.map((language) => ({ name: `${name}-${language}`, path: `/${language}/` }));
const sites = [
  [undefined, shots],
  [sparse, fronts("front-sparse")],
  [withoutPictures, fronts("front-no-pictures")],
];
for (const [change, shots] of sites) {
  const names = shots.flatMap(({ name }) => [...WIDTHS.flatMap((width) => SCHEMES.map((scheme) => `${name}-${width}-${scheme}`)), `${name}-print`]);
  if (!names.some(isWanted)) continue;
  const root = change && variant(change);
  const site = await open(root && join(root, "public"));
  await shoot(site, shots);
  await site.close();
  if (root) rmSync(root, { recursive: true });
}
console.log(`${n} pictures in ${folder}`);
