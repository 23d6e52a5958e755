"use strict";
// Light or dark: as the reader's system has it, until the reader says otherwise.
{
  const root = document.documentElement;
  const button = document.querySelector(".theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => (button.textContent = isDark() ? "Light" : "Dark");

  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  show();
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
}
