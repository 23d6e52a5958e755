"use strict";
// One view at a time. The address's fragment says which: that of a view, or of anything inside one.
{
  const views = [...document.querySelectorAll(".view")];
  const links = document.querySelectorAll(".views a");
  const wide = matchMedia("(min-width: 64rem)");

  const named = (fragment) => document.getElementById(fragment.slice(1));

  function show(element) {
    const view = element?.closest(".view") ?? views.find((one) => !one.hidden) ?? views[0];
    for (const one of views) one.hidden = one !== view;
    for (const link of links) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (let inside = element?.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
  }

  // A link within the page is followed here: focus moves along, and it works in a notebook's frame too.
  function follow(fragment) {
    const element = named(fragment);
    if (!element) return;
    if (location.protocol !== "about:") history.pushState(null, "", fragment);
    arrive(element);
  }

  function arrive(element) {
    show(element);
    if (!element.matches("[href], [tabindex]")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: element.matches(".view, .record, main") ? "start" : "center" });
    document.dispatchEvent(new CustomEvent("onrecord:followed", { detail: element }));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.getAttribute("href"));
  });
  window.addEventListener("hashchange", () => show(named(location.hash) ?? views[0]));

  const panel = document.querySelector(".panel details");
  const fold = () => (panel.open = wide.matches);
  wide.addEventListener("change", fold);
  fold();
  views[0].hidden = false;
  for (const one of views.slice(1)) one.hidden = true;
  if (named(location.hash)) arrive(named(location.hash));
  else show(null);
}
