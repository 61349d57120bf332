// The tasks of a first day (data-tour): what is ticked is kept on this device. Without this script it is not kept.
"use strict";
(() => {
  const tasks = document.querySelector("[data-tour]");
  if (!tasks) return;
  const name = "tour-" + tasks.dataset.tour, boxes = Array.from(tasks.querySelectorAll("input[type=checkbox]"));
  const tick = (done) => { for (const box of boxes) box.checked = done.includes(box.name); };
  try {
    tick(JSON.parse(localStorage.getItem(name) || "[]"));
    tasks.querySelector("[data-tour-note]").hidden = false;
    tasks.addEventListener("change", () => {
      localStorage.setItem(name, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.name)));
    });
    tasks.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(name);
      tick([]);
    });
  } catch { /* a browser that keeps nothing: then each visit begins anew */ }
})();
