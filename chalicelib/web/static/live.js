// Parts of a page that keep up with the centre (data-live, each with an id): the page asks for itself each minute while
// it is looked at, and changes what has changed – never what somebody is in, nor does it speak up to who listens. It
// can be paused (WCAG 2.2.2). Without this script there is the link that loads the page anew.
"use strict";
(() => {
  const button = document.querySelector("[data-live-pause]"), note = document.querySelector("[data-live-note]");
  if (!button) return;
  const MINUTE = 60_000;
  let paused = false, renewed = Date.now();
  button.hidden = false;

  const inUse = (part) => {
    const chosen = getSelection();
    return part.contains(document.activeElement) || (!chosen.isCollapsed && chosen.containsNode(part, true));
  };

  function put(part, fresh) {
    const open = Array.from(part.querySelectorAll("details"), (one) => one.open);
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll("details").forEach((one, place) => { one.open = open[place] ?? false; });
  }

  async function renew() {
    renewed = Date.now();
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (fresh && fresh.innerHTML !== part.innerHTML && !inUse(part)) put(part, fresh);
      }
      note.textContent = "";
    } catch {
      note.textContent = note.dataset.liveNote;
    }
  }

  const due = () => !paused && !document.hidden && Date.now() - renewed >= MINUTE;
  setInterval(() => { if (due()) renew(); }, 1_000);
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? button.dataset.liveOn : button.dataset.livePause;
  });
})();
