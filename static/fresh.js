// Puts the newest headlines where an article only links to them, without the article itself. Without this script, or
// without a connection, the link stays.
"use strict";
for (const place of document.querySelectorAll("[data-fresh]")) {
  fetch(place.dataset.fresh)
    .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
    .then((html) => {
      const list = new DOMParser().parseFromString(html, "text/html").querySelector("[data-fresh-list]");
      if (!list) return;
      for (const link of list.querySelectorAll("li a")) {
        if (link.pathname === location.pathname) link.closest("li").remove();
      }
      if (list.querySelector("li")) place.append(list);
    })
    .catch(() => {});
}
