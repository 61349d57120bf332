// While a call is written down, the suggestion of whom it should go to keeps up with what is typed (data-suggest). Without
// this script it comes with the page, when the sender is looked up.
"use strict";
(() => {
  const place = document.querySelector("[data-suggest]"), form = place && place.closest("form");
  if (!form) return;
  const COUNT = ["kind", "field", "channel", "sender_kind", "title", "content"], PAUSE = 800;
  let waits, asked = 0;
  const ask = async () => {
    const turn = ++asked;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(place.dataset.suggest, { method: "POST", body });
      const said = answer.ok ? await answer.json() : null;
      if (!said || turn !== asked || said.words === place.textContent) return;
      place.textContent = said.words;
      place.hidden = !said.words;
    } catch { /* no answer: what stands there stays */ }
  };
  form.addEventListener("input", (event) => {
    if (!COUNT.includes(event.target.name)) return;
    clearTimeout(waits);
    waits = setTimeout(ask, PAUSE);
  });
})();
