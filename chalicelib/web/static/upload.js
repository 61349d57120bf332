// Files straight from the browser to the file store: leave is asked for page by page (data-upload), the form names what
// was sent by ids. Without this script the part stays hidden, and what stands in its place shows.
"use strict";
(() => {
  const part = document.querySelector("[data-upload]");
  if (!part || !crypto.subtle) return;
  const chosen = part.querySelector("input[type=file]"), ids = part.querySelector("input[type=hidden]");
  const list = part.querySelector("ul"), words = part.dataset, form = part.closest("form");
  const button = form.querySelector("button.main"), named = () => ids.value.split(" ").filter(Boolean);
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  part.hidden = false;
  form.querySelector("[data-upload-otherwise]").hidden = true;

  async function send(file) {
    if (named().length >= Number(words.most)) throw new Error(words.tooMany);
    if (file.size > Number(words.largest)) throw new Error(words.tooLarge);
    const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const said = new URLSearchParams({ name: file.name, media_type: file.type || words.untyped || "", size: file.size, sha256 });
    if (form.elements.seal) said.set("seal", form.elements.seal.value); // of a session of the staff
    const slip = await fetch(words.upload, { method: "POST", body: said });
    const told = await slip.json();
    if (!slip.ok) throw new Error(told.title);
    const sent = await fetch(told.url, { method: "PUT", headers: told.headers, body: file, credentials: "omit" });
    if (!sent.ok) throw new Error(words.failed);
    return told.id;
  }

  function droppable(line) {
    const drop = line.appendChild(document.createElement("button"));
    drop.type = "button";
    drop.textContent = words.drop;
    drop.addEventListener("click", () => {
      ids.value = named().filter((id) => id !== line.dataset.id).join(" ");
      line.remove();
      chosen.focus();
    });
  }

  for (const [place, line] of [...list.children].entries()) {
    line.dataset.id = named()[place];
    droppable(line);
  }
  chosen.addEventListener("change", async () => {
    button.disabled = true;
    for (const file of chosen.files) {
      const line = list.appendChild(document.createElement("li"));
      line.textContent = `${file.name}: ${words.sending}`;
      try {
        line.dataset.id = await send(file);
        ids.value = [...named(), line.dataset.id].join(" ");
        line.textContent = `${file.name}: ${words.sent} `;
        droppable(line);
      } catch (error) {
        line.textContent = `${file.name}: ${error instanceof TypeError || !error.message ? words.failed : error.message}`;
      }
    }
    chosen.value = "";
    button.disabled = false;
  });
})();
