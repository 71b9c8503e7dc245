// A click on its button shows a video or post of another website, which is asked for nothing until then. Without this
// script the link below the button remains.
"use strict";
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-embed] > button");
  if (!button) return;
  const frame = document.createElement("iframe");
  frame.src = button.parentElement.dataset.embed;
  frame.title = button.parentElement.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  button.replaceWith(frame);
  frame.focus();
});
// Posts on Telegram say how high they are.
addEventListener("message", ({ origin, source, data }) => {
  if (origin !== "https://t.me") return;
  const { event, height } = JSON.parse(data);
  if (event !== "resize") return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${+height}px`;
  }
});
