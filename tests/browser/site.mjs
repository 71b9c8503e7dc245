// What the browser tests share: the built site behind a small web server, a browser, and a list of pages.
//
// SITE      the folder to serve              (default: target/sample)
// PACKAGES  the folder with node_modules     (default: target/browser)
// CHROME    the browser                      (default: the first Chromium or Chrome in PATH)

import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { delimiter, extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
const folder = resolve(process.env.SITE ?? join(repository, "target/sample"));
const packages = resolve(process.env.PACKAGES ?? join(repository, "target/browser"));
const require = createRequire(join(packages, "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
};

// The codes of the site's languages: the folders that have a 404 page of their own.
export const languages = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, "404.html")))
  .sort();

// A word of the interface in a language, from the theme's strings.
export function word(key, language) {
  const file = join(repository, "templates/strings", `${language}.ftl`);
  const line = readFileSync(file, "utf8").split("\n").find((line) => line.startsWith(`${key} = `));
  return line.slice(line.indexOf("=") + 1).trim();
}

// Every page of the site: its path, kind (`data-page`), language (code) and size. Old addresses have no kind.
export const pages = readdirSync(folder, { recursive: true })
  .map((name) => name.split(sep).join("/"))
  .filter((name) => name.endsWith(".html") && !name.startsWith("."))
  .sort()
  .map((name) => {
    const html = readFileSync(join(folder, name), "utf8");
    const [first] = name.split("/");
    return {
      path: `/${name.replace(/(^|\/)index\.html$/, "$1")}`,
      kind: /<body data-page="([^"]+)"/.exec(html)?.[1],
      language: languages.includes(first) ? first : undefined,
      length: html.length,
      html,
    };
  })
  .filter((page) => page.kind);

// Of each kind in each language the longest page, which has the most parts; and the pages at the root.
export const samples = (() => {
  const longest = new Map();
  for (const page of pages) {
    const key = `${page.language} ${page.kind}`;
    if ((longest.get(key)?.length ?? 0) < page.length) longest.set(key, page);
  }
  return [...longest.values()];
})();

// The headers that `_headers` names for a path, as the hosts read it that have such a file: all rules that match.
const headersOf = (root) => {
  const file = join(root, "_headers");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter((line) => !line.startsWith("#")) : [];
  const rules = [];
  for (const line of lines) {
    const header = /^ {2}([^:]+): (.*)$/.exec(line);
    if (header) rules.at(-1).headers.push([header[1], header[2]]);
    else if (line) rules.push({ path: line, headers: [] });
  }
  const matches = (rule, path) => rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : rule === path;
  return (path) => Object.fromEntries(rules.filter((rule) => matches(rule.path, path)).flatMap((rule) => rule.headers));
};

// As a static host does it: folders show index.html, unknown addresses the nearest 404 page.
const serve = (root, headers = headersOf(root)) => (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  let file = join(root, path);
  if (file !== root && !file.startsWith(root + sep)) return void response.writeHead(400).end();
  if (existsSync(file) && statSync(file).isDirectory()) {
    if (!path.endsWith("/")) return void response.writeHead(301, { location: encodeURI(`${path}/`) }).end();
    file = join(file, "index.html");
  }
  let status = 200;
  if (!existsSync(file)) {
    status = 404;
    const own = join(root, path.split("/")[1], "404.html");
    file = existsSync(own) ? own : join(root, "404.html");
  }
  response.writeHead(status, { ...headers(path), "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
};

function findBrowser() {
  if (process.env.CHROME) return process.env.CHROME;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = process.env.PATH.split(delimiter);
  const known = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...known];
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Error("no Chromium in PATH: install it, or name one with CHROME=…");
  return found;
}

// Starts a browser.
export function launch() {
  return chromium.launch({
    executablePath: findBrowser(),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Starts a server for a built site, and a browser; `close` ends both.
export async function open(root = folder) {
  const server = createServer(serve(root));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launch();
  const options = { baseURL: origin, reducedMotion: "reduce" };
  const context = await browser.newContext(options);
  const tab = async (viewport = { width: 1280, height: 800 }) => {
    const tab = await context.newPage();
    await tab.setViewportSize(viewport);
    return tab;
  };
  // A tab with an empty cache.
  const newReader = (viewport) => browser.newPage({ ...options, viewport });
  // A tab of somebody who lets no scripts run.
  const withoutScripts = () => browser.newPage({ ...options, javaScriptEnabled: false });
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { origin, tab, newReader, withoutScripts, close };
}

// Runs in the page: how far it reaches beyond the window, and the element that does.
export function sidewaysScroll() {
  const root = document.documentElement;
  const beyond = root.scrollWidth - root.clientWidth;
  if (beyond <= 0) return "";
  const wide = [...document.body.querySelectorAll("*")]
    .find((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
  return `${beyond} px, ${wide?.outerHTML.slice(0, 100)}`;
}
