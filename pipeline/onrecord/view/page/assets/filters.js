"use strict";
// Which claims are shown, in the cards and in every view; and the words searched for, marked in the text.
{
  const form = document.querySelector(".filters");
  const cards = [...document.querySelectorAll(".card")];
  const lines = [...document.querySelectorAll(".line")];
  const marks = form.querySelectorAll('[name="mark"]');
  const records = [...document.querySelectorAll(".record")];
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const paragraphs = new Map(records.map((record) => [record, record.querySelectorAll(".text p")]));
  const groups = [...document.querySelectorAll(".group, .dispute")].map((group) => [group, [...group.querySelectorAll(".line")]]);
  const chunks = [...document.querySelectorAll(".chunk")].map((chunk) => [chunk, [...chunk.children]]);
  const words = new Map();
  const indexes = new Map();
  let marked = 0;

  function textOf(card) {
    if (!words.has(card)) words.set(card, folded(card.textContent));
    return words.get(card);
  }

  // Most stay as they are from one letter to the next: those are left alone.
  function toggle(element, isShown) {
    if (element.hidden === isShown) element.hidden = !isShown;
  }

  function apply() {
    const given = new FormData(form);
    const acts = new Set(given.getAll("act"));
    const source = given.get("source");
    const least = Number(given.get("confidence"));
    const query = folded(given.get("search").trim());
    for (const mark of marks) document.body.classList.toggle(`without-${mark.value}`, !mark.checked);
    const passes = (card) =>
      (!acts.size || acts.has(card.dataset.act)) &&
      (!source || card.dataset.source.split(" ").includes(source)) &&
      Number(card.dataset.confidence) * 100 >= least &&
      (!query || textOf(card).includes(query));

    const shown = new Set();
    const counts = new Map();
    for (const card of cards) {
      const passing = passes(card);
      toggle(card, passing);
      if (!passing) continue;
      shown.add(card.dataset.card);
      const record = card.dataset.card.split("-")[0];
      counts.set(record, (counts.get(record) ?? 0) + 1);
    }
    for (const [chunk, inside] of chunks) toggle(chunk, inside.some((card) => !card.hidden));
    for (const line of lines) toggle(line, shown.has(line.dataset.card));
    for (const [group, inside] of groups) toggle(group, !inside.length || inside.some((line) => !line.hidden));
    marked = query ? mark(query) : unmark();
    const narrowed = shown.size < cards.length;
    for (const record of records) {
      const count = counts.get(record.id) ?? 0;
      record.hidden = narrowed && !count && !record.dataset.found;
      const entry = document.querySelector(`[data-count="${record.id}"]`);
      if (entry) entry.textContent = count;
      document.querySelector(`[data-shown="${record.id}"]`).textContent = narrowed ? `${count} of ` : "";
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
      for (const paragraph of paragraphs.get(record)) ranges.push(...matches(paragraph, query));
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
    if (!indexes.has(paragraph)) indexes.set(paragraph, index(paragraph));
    const { text, units } = indexes.get(paragraph);
    const found = [];
    for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
      const [first, last] = [units[at], units[at + query.length - 1]];
      found.push(new StaticRange({ startContainer: first[0], startOffset: first[1], endContainer: last[0], endOffset: last[2] }));
    }
    return found;
  }

  // The folded text of a paragraph, and for each of its units the node and the offsets that it comes from.
  function index(paragraph) {
    const units = [];
    let text = "";
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.matches(".number")) continue;
      let offset = 0;
      for (const character of node.data) {
        const plain = character < "\u0080" ? character.toLowerCase() : folded(character);
        for (let i = 0; i < plain.length; i++) units.push([node, offset, offset + character.length]);
        text += plain;
        offset += character.length;
      }
    }
    return { text, units };
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
