// Fills in where the visitor is, if he lets the browser say so; about a hundred metres are near enough, and nothing is kept.
"use strict";
const button = document.querySelector("[data-locate]");
const told = document.querySelector("[data-located]");
if (button && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const at = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        location.assign(`${button.dataset.locate}?vi-tri=${at}#gan-nhat`);
      },
      () => {
        button.disabled = false;
        told.hidden = false;
        told.textContent = button.dataset.denied;
      },
      { timeout: 10000, maximumAge: 60000 },
    );
  });
}
