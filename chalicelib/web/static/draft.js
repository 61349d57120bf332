// A form with data-draft keeps what is being written on this device: the matter's words alone, for a week, never who
// writes nor any secret. Without this script the page works the same. Gone when sent: data-draft-sent.
"use strict";
(() => {
  const KEPT = ["offer", "content", "field"], WEEK = 7 * 24 * 3600 * 1000;
  const sent = document.querySelector("[data-draft-sent]"), form = document.querySelector("form[data-draft]");
  try {
    if (sent) localStorage.removeItem("draft-" + sent.dataset.draftSent);
    if (!form) return;
    const name = "draft-" + form.dataset.draft, note = form.querySelector("[data-draft-note]");
    const draft = JSON.parse(localStorage.getItem(name) || "null");
    if (draft && Date.now() - draft.at > WEEK) localStorage.removeItem(name);
    else if (draft && !document.querySelector(".alert") && !form.elements.content.value) {
      for (const field of KEPT) if (draft[field]) form.elements[field].value = draft[field];
      form.querySelector(":checked[name=offer]")?.closest("details")?.setAttribute("open", "");
      note.hidden = false;
    }
    form.addEventListener("input", () => {
      const typed = Object.fromEntries(KEPT.map((field) => [field, form.elements[field].value]));
      if (typed.content) localStorage.setItem(name, JSON.stringify({ ...typed, at: Date.now() }));
      else localStorage.removeItem(name);
    });
    form.querySelector("[data-draft-clear]").addEventListener("click", () => {
      localStorage.removeItem(name);
      form.reset();
      note.hidden = true;
    });
  } catch { /* a browser that keeps nothing: then there is no draft */ }
})();
