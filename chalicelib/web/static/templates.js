// A template chosen on the page of a case fills its form in place: what the button would have brought is fetched and
// its fields taken over. Without this script the button brings the whole page, with the form filled.
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-fill]")) {
    const form = button.form, chosen = form.elements.template, note = form.querySelector("[data-filled]");
    button.type = "button"; // Enter in a field is for the form's own button
    button.addEventListener("click", async () => {
      if (!chosen.value) return chosen.focus();
      button.disabled = true;
      try {
        const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const made = new DOMParser().parseFromString(await answer.text(), "text/html");
        const words = made.querySelector("[data-filled-from]");
        if (!answer.ok || !words) throw new Error();
        for (const field of form.querySelectorAll("textarea")) field.value = made.getElementById(field.id).value;
        note.textContent = words.textContent;
        note.hidden = false;
        const first = form.querySelector("textarea"), gap = first.value.match(/\[…\s*[^\s\]][^\]\n]*\]/);
        first.focus();
        if (gap) first.setSelectionRange(gap.index, gap.index + gap[0].length); // typing fills it
      } catch {
        button.type = "submit";
        form.requestSubmit(button); // the page says what is wrong
      }
      button.disabled = false;
    });
  }
})();
