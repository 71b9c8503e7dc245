// Keeps an open page as its files are. `visti serve --watch` adds this script to pages; what it is
// told is in src/serve/events.rs. A build never has it.
"use strict";
(() => {
  const script = document.currentScript;
  const key = `visti ${location.pathname}`;
  let version = script.dataset.version;
  let told = Number(script.dataset.told);
  let stream;
  let problems = [];

  // ---- The page: what changed of it is exchanged in place. The bytes that were sent before are compared with the new
  // ones, not with what stands here: so what a reader opened or a script added stays. Where a script has changed just
  // what has to be exchanged, or scripts themselves change, the page is loaded again.

  // As it was sent, before scripts ran.
  let sent;

  function parse(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const own of page.querySelectorAll('script[src$="/_visti/reload.js"]')) own.remove();
    return page;
  }

  // A page with scripts is not what was sent any more: then the stream begins with that.
  function learn() {
    if (![...document.scripts].some(isCode)) sent = parse(document.documentElement.outerHTML);
  }

  function show(html) {
    const next = parse(html);
    try {
      if (!sent) throw new Conflict();
      merge(document.documentElement, sent.documentElement, next.documentElement);
      sent = parse(html);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      reload();
    }
  }

  class Conflict extends Error {}
  const demand = (isSo) => { if (!isSo) throw new Conflict(); };

  const isCode = (node) => node.nodeName === "SCRIPT" && node !== script
    && /^(|module|text\/javascript|application\/javascript)$/i.test(node.type);
  const hasCode = (node) => isCode(node)
    || (node.nodeType === Node.ELEMENT_NODE && [...node.querySelectorAll("script")].some(isCode));

  // Makes of `live`, which came of `before`, what comes of `after`.
  function merge(live, before, after) {
    if (before.isEqualNode(after)) return;
    demand(!isCode(before));
    mergeAttributes(live, before, after);
    const counterparts = counterpartsOf(live, before);
    const counterpart = (node) => {
      const found = counterparts.get(node);
      demand(found);
      return found;
    };
    const remove = (node) => {
      const found = counterpart(node);
      demand(found.isEqualNode(node) && !hasCode(node));
      found.remove();
    };
    let node = before.firstChild;
    let last = null;
    for (const wanted of after.childNodes) {
      const same = following(node).find((candidate) => candidate.isEqualNode(wanted));
      if (same) {
        for (; node !== same; node = node.nextSibling) remove(node);
        last = counterparts.get(node) ?? last;
        node = node.nextSibling;
      } else if (node && isAlike(node, wanted)) {
        const found = counterpart(node);
        if (isStyleSheet(node)) replaceStyleSheet(found, wanted.getAttribute("href"));
        else if (node.nodeType === Node.ELEMENT_NODE) merge(found, node, wanted);
        else if (found.data === node.data) found.data = wanted.data;
        else demand(false);
        last = found;
        node = node.nextSibling;
      } else {
        demand(!hasCode(wanted));
        const added = document.importNode(wanted, true);
        if (last) last.after(added); else live.prepend(added);
        last = added;
      }
    }
    for (; node; node = node.nextSibling) remove(node);
  }

  // Which children of `live` came of which of `before`: in their order, past those that scripts have added.
  function counterpartsOf(live, before) {
    const found = new Map();
    let candidate = live.firstChild;
    for (const child of before.childNodes) {
      let at = candidate;
      while (at && (isLeaving(at) || !cameOf(at, child))) at = at.nextSibling;
      if (!at) continue;
      found.set(child, at);
      candidate = at.nextSibling;
    }
    return found;
  }

  const cameOf = (node, child) => isAlike(node, child)
    && (node.nodeType === Node.ELEMENT_NODE ? node !== script : node.data === child.data);

  const isAlike = (node, other) => node.nodeType === other.nodeType && node.nodeName === other.nodeName
    && node.id === other.id && (node.nodeName !== "LINK" || node.rel === other.rel);

  const NEAR = 12;
  function following(node) {
    const nodes = [];
    for (; node && nodes.length < NEAR; node = node.nextSibling) nodes.push(node);
    return nodes;
  }

  function mergeAttributes(live, before, after) {
    for (const name of new Set([...before.getAttributeNames(), ...after.getAttributeNames()])) {
      const [was, is] = [before.getAttribute(name), after.getAttribute(name)];
      if (was === is) continue;
      demand(live.getAttribute(name) === was);
      if (is === null) live.removeAttribute(name); else live.setAttribute(name, is);
    }
  }

  function reload() {
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    sessionStorage.setItem(key, JSON.stringify({ open, x: scrollX, y: scrollY }));
    location.reload();
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    sessionStorage.removeItem(key);
    if (!kept) return;
    document.querySelectorAll("details").forEach((details, index) => {
      details.open = kept.open[index] ?? details.open;
    });
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  // ---- Files: style sheets and pictures, exchanged where they are.

  const isStyleSheet = (node) => node.nodeName === "LINK" && node.relList.contains("stylesheet");
  // A style sheet whose successor is being loaded.
  const isLeaving = (node) => node.leaving === true;

  function replaceStyleSheet(link, href) {
    const next = link.cloneNode();
    next.href = href;
    link.leaving = true;
    // The old one stays until the new one is there, so that the page is never without.
    next.onload = next.onerror = () => link.remove();
    link.after(next);
  }

  const path = (url) => new URL(url, location.href).pathname;
  const isFingerprinted = (url) => /\.[0-9a-f]{8}\.(css|js)$/.test(url);
  const again = (url) => `${url}?v=${Date.now().toString(36)}`;

  function uses(sheet, url) {
    try {
      return path(sheet.href) === url
        || [...sheet.cssRules].some((rule) => rule.styleSheet && uses(rule.styleSheet, url));
    } catch {
      return false; // of another origin
    }
  }

  function exchange(url) {
    for (const sheet of document.styleSheets) {
      const link = sheet.ownerNode;
      if (link && isStyleSheet(link) && !isLeaving(link) && uses(sheet, url)) {
        replaceStyleSheet(link, again(path(link.href)));
      }
    }
    for (const image of document.images) if (path(image.src) === url) image.src = again(url);
    return [...document.scripts].some((element) => isCode(element) && element.src && path(element.src) === url);
  }

  // ---- Problems: over the page, which stays as it was when it was last good.

  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    section { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 70vh; overflow: auto;
      box-sizing: border-box; padding: 1rem clamp(1rem, 4vw, 3rem) 1.5rem; border-top: 4px solid #c0272d;
      background: light-dark(#fff, #161616); color: light-dark(#1a1a1a, #f2f2f2);
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 -8px 32px rgb(0 0 0 / .35); }
    div { display: flex; gap: 1rem; align-items: center; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.1rem; }
    p { margin: 0; }
    pre { margin: 1rem 0 0; padding: .9rem 1rem; overflow-x: auto; border-radius: 4px; tab-size: 4;
      background: light-dark(#f6f1f0, #241d1d); font: 14px/1.45 ui-monospace, Menlo, Consolas, monospace; }
    button { min-height: 44px; min-width: 44px; padding: 0 1rem; border: 1px solid currentColor; border-radius: 4px;
      background: none; color: inherit; font: inherit; cursor: pointer; }
    button:focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px; }
    section.folded { inset: auto 1rem 1rem auto; max-width: calc(100vw - 2rem); padding: 0; border: 0; border-radius: 4px;
      background: #a31d22; color: #fff; }
    @media print { section { display: none; } }
  `;
  const host = document.createElement("visti-problems");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const made = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  function showProblems(isFolded) {
    root.replaceChildren();
    if (problems.length === 0) return host.remove();
    const section = document.createElement("section");
    section.lang = "en";
    section.className = isFolded ? "folded" : "";
    section.setAttribute("role", "alert");
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const button = made("button", isFolded ? `Visti: ${count}` : "Hide");
    button.onclick = () => fold(!isFolded);
    if (isFolded) {
      section.append(button);
    } else {
      const header = document.createElement("div");
      header.append(made("h2", `Visti: ${count}`), button);
      section.append(header, made("p", "What is broken is shown as it was when it was last good."), ...problems.map((problem) => {
        const text = made("pre", problem.text);
        text.tabIndex = 0; // It may be wider than the window, and is scrolled by keyboard too.
        return text;
      }));
    }
    root.append(section);
    document.documentElement.append(host);
  }

  // What was folded stays so on other pages, until something else is wrong.
  const FOLDED = "visti folded";
  const texts = () => JSON.stringify(problems.map((problem) => problem.text));
  const isFolded = () => sessionStorage.getItem(FOLDED) === texts();

  function fold(isFolded) {
    sessionStorage.setItem(FOLDED, isFolded ? texts() : "");
    showProblems(isFolded);
    root.querySelector("button").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && host.isConnected) fold(true);
  });

  // ---- The stream. Hidden tabs have none: browsers allow six for all tabs together.

  function listen() {
    if (stream || document.visibilityState === "hidden") return;
    const url = new URL("events", script.src);
    url.searchParams.set("url", location.pathname + location.search);
    url.searchParams.set("version", version);
    url.searchParams.set("told", told);
    if (!sent) url.searchParams.set("sent", "wanted");
    stream = new EventSource(url);
    const on = (name, act) => stream.addEventListener(name, (event) => {
      const message = JSON.parse(event.data);
      told = message.number;
      act(message[name]);
    });
    on("sent", (html) => { sent ??= parse(html); });
    on("page", (page) => { version = page.version; show(page.html); });
    // Every one is exchanged; a script among them makes the page load again.
    on("files", (urls) => {
      if (urls.filter((url) => !isFingerprinted(url)).map(exchange).some(Boolean)) reload();
    });
    on("problems", (found) => { problems = found; showProblems(isFolded()); });
  }

  function leave() {
    stream?.close();
    stream = undefined;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave(); else listen();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  learn();
  restore();
  listen();
})();
