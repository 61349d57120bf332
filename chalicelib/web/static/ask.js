// While a question is written, the procedure that may answer it is named below it (data-ask). Only the question's own words
// are sent, and nothing of it is kept. Without this script the answer is shown once, before the question is sent.
"use strict";
(() => {
  const place = document.querySelector("[data-ask]"), form = place && place.closest("form");
  if (!form) return;
  const PAUSE = 900, LEAST = 12, MOST = 2000, told = place.firstElementChild, link = told.querySelector("a");
  let waits, under_way, last = "";
  const ask = async (question) => {
    under_way = new AbortController();
    try {
      const body = JSON.stringify({ question, reword: false }), headers = { "Content-Type": "application/json" };
      const answer = await fetch(place.dataset.ask, { method: "POST", body, headers, signal: under_way.signal });
      const said = answer.ok ? await answer.json() : { unknown: true };
      if (!said.unknown) {
        link.textContent = said.title;
        link.href = place.dataset.root + "thu-tuc/" + encodeURIComponent(said.passages[0].source.code);
      }
      told.hidden = said.unknown;
    } catch { /* cancelled, or no answer: what stands there stays */ }
  };
  form.addEventListener("input", () => {
    const asks = form.querySelector("[name=offer][data-asks]:checked"), words = form.elements.content.value.trim();
    const question = asks && words.length >= LEAST ? words.slice(0, MOST) : "";
    if (question === last) return;
    last = question;
    clearTimeout(waits);
    under_way?.abort();
    if (question) waits = setTimeout(ask, PAUSE, question);
    else told.hidden = true;
  });
})();
