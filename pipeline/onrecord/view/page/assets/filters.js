"use strict";
// Which claims are shown, in the cards and in every view; and the words searched for, marked in the text.
{
  const form = document.querySelector(".filters");
  const cards = [...document.querySelectorAll(".card")];
  const lines = [...document.querySelectorAll(".line")];
  const records = [...document.querySelectorAll(".record")];
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map();
  let marked = 0;

  function textOf(card) {
    if (!words.has(card)) words.set(card, folded(card.textContent));
    return words.get(card);
  }

  function apply() {
    const given = new FormData(form);
    const acts = new Set(given.getAll("act"));
    const source = given.get("source");
    const least = Number(given.get("confidence"));
    const query = folded(given.get("search").trim());
    const passes = (card) =>
      (!acts.size || acts.has(card.dataset.act)) &&
      (!source || card.dataset.source === source) &&
      Number(card.dataset.confidence) * 100 >= least &&
      (!query || textOf(card).includes(query));

    const shown = new Set();
    for (const card of cards) {
      const passing = passes(card);
      if (card.hidden === passing) card.hidden = !passing;
      if (passing) shown.add(card.dataset.card);
    }
    for (const line of lines) line.hidden = !shown.has(line.dataset.card);
    for (const group of document.querySelectorAll(".group, .dispute")) {
      const inside = group.querySelectorAll(".line");
      group.hidden = inside.length > 0 && [...inside].every((line) => line.hidden);
    }
    marked = query ? mark(query) : unmark();
    const narrowed = shown.size < cards.length;
    for (const record of records) {
      const count = record.querySelectorAll(".card:not([hidden])").length;
      record.hidden = narrowed && !count && !record.dataset.found;
      const entry = document.querySelector(`[data-count="${record.id}"]`);
      if (entry) entry.textContent = count;
    }
    document.querySelector(".nothing").hidden = records.some((record) => !record.hidden);
    document.getElementById("least").textContent = `${least}%`;
    document.getElementById("shown").textContent =
      (narrowed ? `${shown.size} of ${cards.length} claims` : `${cards.length} claims`) + (marked ? `, ${marked} in the text` : "");
  }

  // Matches are highlighted without a change to the document, across the marks that they run through.
  function mark(query) {
    const ranges = [];
    for (const record of records) {
      const before = ranges.length;
      for (const paragraph of record.querySelectorAll(".text p")) ranges.push(...matches(paragraph, query));
      record.dataset.found = ranges.length > before ? "yes" : "";
    }
    if (CSS.highlights) CSS.highlights.set("found", new Highlight(...ranges));
    return ranges.length;
  }

  function unmark() {
    if (CSS.highlights) CSS.highlights.delete("found");
    for (const record of records) delete record.dataset.found;
    return 0;
  }

  function matches(paragraph, query) {
    if (!folded(paragraph.textContent).includes(query[0])) return [];
    const units = []; // of the folded text: the node and the offset that each comes from
    let text = "";
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.matches(".number")) continue;
      let offset = 0;
      for (const character of node.data) {
        const plain = folded(character);
        for (let i = 0; i < plain.length; i++) units.push([node, offset, offset + character.length]);
        text += plain;
        offset += character.length;
      }
    }
    const found = [];
    for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
      const range = new StaticRange({
        startContainer: units[at][0],
        startOffset: units[at][1],
        endContainer: units[at + query.length - 1][0],
        endOffset: units[at + query.length - 1][2],
      });
      found.push(range);
    }
    return found;
  }

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll(".nothing .reset")) button.addEventListener("click", () => form.reset());
  apply();
}
