"use strict";
// Claims and their words light one another up: under the pointer, with focus, and when one is chosen.
{
  const CLAIM = /^r\d+-c\d+$/;
  const list = (element) => element.closest(".cards");
  const shown = (cards) => [...cards.querySelectorAll(".card:not([hidden])")];
  const claimsOf = (element) => [...element.classList].filter((name) => CLAIM.test(name));
  let lit = [];
  let timer = 0;

  function light(names) {
    for (const element of lit) element?.classList.remove("lit");
    lit = names.flatMap((name) => [...document.getElementsByClassName(name), document.getElementById(name), document.getElementById(`${name}-text`)]);
    lit = lit.filter(Boolean);
    for (const element of lit) element.classList.add("lit");
  }

  function namesAt(element) {
    const card = element.closest(".card");
    if (card) return [card.id];
    const number = element.closest(".text .number");
    if (number) return [number.getAttribute("href").slice(1)];
    const piece = element.closest(".text span");
    return piece ? claimsOf(piece) : [];
  }

  // Brings a card into sight within its own list, where that scrolls by itself: the page stays put.
  function reveal(card) {
    const scroller = card.closest(".claims");
    if (scroller.scrollHeight <= scroller.clientHeight + 1) return;
    const inside = scroller.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    if (box.top < inside.top || box.bottom > inside.bottom) scroller.scrollTop += box.top - inside.top - inside.height / 4;
  }

  document.addEventListener("pointerover", (event) => {
    const names = namesAt(event.target);
    light(names);
    clearTimeout(timer);
    if (names.length && event.pointerType === "mouse" && event.target.closest(".text")) {
      timer = setTimeout(() => reveal(document.getElementById(names.at(-1))), 150);
    }
  });
  document.addEventListener("focusin", (event) => light(namesAt(event.target)));

  // Words of a claim choose its card: the innermost one, whose content begins last.
  document.addEventListener("click", (event) => {
    const piece = event.target.closest(".text span");
    if (!piece || !getSelection().isCollapsed) return;
    const names = claimsOf(piece);
    if (names.length) choose(document.getElementById(names.at(-1)));
  });
  document.addEventListener("onrecord:followed", (event) => {
    if (event.detail.matches(".card")) choose(event.detail);
    else if (event.detail.matches(".text a:not(.number)")) {
      lit.push(event.detail.nextElementSibling);
      event.detail.nextElementSibling?.classList.add("lit");
    }
  });

  function choose(card) {
    if (card.hidden) return;
    for (const other of document.querySelectorAll(".card.chosen")) other.classList.remove("chosen");
    card.classList.add("chosen");
    rove(card);
    reveal(card);
    card.focus({ preventScroll: true });
  }

  // A list of cards is one stop of the tab key; arrows move within it, Enter goes to the text.
  function rove(card) {
    for (const other of list(card).querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    card.tabIndex = 0;
    // A screen reader that lands on the card says whose claim it is and what it says.
    card.ariaLabel ??= [".number", ".act", ".who", ".said"].map((part) => card.querySelector(part).textContent.trim()).join(", ");
  }

  function step(cards, from, key) {
    const at = cards.indexOf(from);
    if (key === "Home") return cards[0];
    if (key === "End") return cards.at(-1);
    return cards[at + (key === "ArrowDown" ? 1 : -1)];
  }

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest(".card");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      const next = step(shown(list(card)), card, event.key);
      event.preventDefault();
      if (!next) return;
      rove(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
      document.getElementById(`${next.id}-text`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && event.target === card) {
      event.preventDefault();
      card.querySelector(".number").click();
    }
  });

  for (const element of document.querySelectorAll(".card, .card .number")) element.tabIndex = -1;
  for (const cards of document.querySelectorAll(".cards")) {
    const first = cards.querySelector(".card");
    if (first) rove(first);
  }
  // A filter may hide the card that was the stop of its list: then the first one shown is.
  document.querySelector(".filters").addEventListener("change", () =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const cards of document.querySelectorAll(".cards")) {
          const first = cards.querySelector('.card[tabindex="0"]');
          const next = shown(cards)[0];
          if (first?.hidden && next) rove(next);
        }
      }),
    ),
  );
}
