// Two buttons leaf through a gallery, for those whose mouse scrolls up and down only.
"use strict";
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-leaf]");
  if (!button) return;
  const row = button.parentElement.previousElementSibling;
  const middle = ({ offsetLeft, offsetWidth }) => offsetLeft + offsetWidth / 2;
  const before = row.scrollLeft;
  const behind = row.scrollWidth - row.clientWidth - before;
  const ways = [...row.querySelectorAll("li")].map((item) => middle(item) - middle(row) - before);
  // After the last comes the first again.
  const way = button.dataset.leaf === "next"
    ? behind < 2 ? -before : ways.find((way) => way > 2)
    : before < 2 ? behind : ways.findLast((way) => way < -2);
  row.scrollBy({ left: way });
});
// A row that is in sight as a whole needs no buttons.
{
  const observer = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const row = target.closest(".gallery");
      row.nextElementSibling?.classList.toggle("idle", row.scrollWidth <= row.clientWidth);
    }
  });
  for (const element of document.querySelectorAll(".gallery, .gallery ul")) observer.observe(element);
}
