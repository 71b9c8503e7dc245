// Two buttons leaf through a gallery, for those with a mouse.
"use strict";
document.addEventListener("click", ({ target }) => {
  const to = target.dataset.leaf;
  if (!to) return;
  const row = target.parentElement.previousElementSibling;
  const middle = (box) => box.offsetLeft + box.offsetWidth / 2;
  const before = row.scrollLeft;
  const behind = row.scrollWidth - row.clientWidth - before;
  const ways = [...row.querySelectorAll("li")].map((item) => middle(item) - middle(row) - before);
  // After the last comes the first again.
  row.scrollBy(to === "next"
    ? behind < 2 ? -before : ways.find((way) => way > 2)
    : before < 2 ? behind : ways.findLast((way) => way < -2), 0);
});
// A row that is in sight as a whole needs no buttons.
for (const row of document.querySelectorAll(".gallery")) {
  const observer = new ResizeObserver(() =>
    row.nextElementSibling.classList.toggle("idle", row.scrollWidth <= row.clientWidth));
  observer.observe(row);
  observer.observe(row.firstElementChild);
}
