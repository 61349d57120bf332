// A list is refreshed in its place: filters, scroll and focus stay, and what was not there before is marked. By the link,
// and when one comes back to the page after a minute. Without this script the link loads the page anew.
"use strict";
(() => {
  const link = document.querySelector("[data-refresh]"), OLD = 60_000;
  if (!link) return;
  let loaded = Date.now();
  const rows = () => [...document.querySelectorAll("[data-list] tr[id]")];

  async function refresh() {
    const answer = await fetch(link.href), made = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = made.querySelector("[data-list]");
    if (!answer.ok || !list) throw new Error();
    const known = new Set(rows().map((row) => row.id)), at = document.activeElement?.closest("tr[id]")?.id;
    document.querySelector("[data-list]").replaceWith(list);
    const fresh = rows().filter((row) => !known.has(row.id));
    for (const row of fresh) {
      const mark = row.querySelector("th").appendChild(document.createElement("span"));
      mark.className = "new";
      mark.textContent = link.dataset.new;
    }
    const when = made.querySelector("[data-updated]").textContent, count = fresh.length;
    document.querySelector("[data-updated]").textContent = count ? `${when}, ${count} ${link.dataset.count}` : when;
    if (at) document.getElementById(at)?.querySelector("a").focus({ preventScroll: true });
    loaded = Date.now();
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    refresh().catch(() => location.assign(link.href)); // the page says what is wrong
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - loaded > OLD) refresh().catch(() => {});
  });
})();
