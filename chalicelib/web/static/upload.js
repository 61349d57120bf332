// Files straight from the browser to the file store: asked for page by page (data-slip), named in the form by their
// ids. Without this script the part stays hidden and the form works without files.
"use strict";
(() => {
  const part = document.querySelector("[data-upload]");
  if (!part || !crypto.subtle) return;
  const chosen = part.querySelector("input[type=file]"), ids = part.querySelector("input[type=hidden]");
  const list = part.querySelector("ul"), words = part.dataset, button = part.closest("form").querySelector("button.main");
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  part.hidden = false;

  async function send(file) {
    if (file.size > Number(words.largest)) throw new Error(words.tooLarge);
    const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const said = new URLSearchParams({ name: file.name, media_type: file.type, size: file.size, sha256 });
    const slip = await fetch(words.upload, { method: "POST", body: said });
    const told = await slip.json();
    if (!slip.ok) throw new Error(told.title);
    const sent = await fetch(told.url, { method: "PUT", headers: told.headers, body: file, credentials: "omit" });
    if (!sent.ok) throw new Error(words.failed);
    return told.id;
  }

  chosen.addEventListener("change", async () => {
    button.disabled = true;
    for (const file of chosen.files) {
      const line = list.appendChild(document.createElement("li"));
      line.textContent = `${file.name}: ${words.sending}`;
      try {
        ids.value = `${ids.value} ${await send(file)}`.trim();
        line.textContent = `${file.name}: ${words.sent}`;
      } catch (error) {
        line.textContent = `${file.name}: ${error instanceof TypeError || !error.message ? words.failed : error.message}`;
      }
    }
    chosen.value = "";
    button.disabled = false;
  });
})();
