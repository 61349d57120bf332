// The open page of a case tells the others so, once a minute and only while it is seen, and hears who else looks at it.
// Without this script one sees who looks when the page is opened, and is not seen.
"use strict";
(() => {
  const part = document.querySelector("[data-presence]");
  if (!part) return;
  const form = part.querySelector("form"), others = document.querySelector("[data-others]"), newer = document.querySelector("[data-newer]");

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      const told = await answer.json();
      if (others.textContent !== told.others) others.textContent = told.others;
      others.hidden = !told.others;
      newer.hidden = !told.newer;
    } catch { /* without a network nobody is told: what is on the page stays */ }
  }

  look();
  setInterval(look, Number(part.dataset.presence) * 1000);
  document.addEventListener("visibilitychange", look);
})();
