"use strict";
// Each difference is accepted, rejected or left open; the decisions are saved as a file for `onrecord accept`.
{
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll(".difference")];
  const paths = JSON.parse(document.getElementById("paths").textContent);
  const status = document.querySelector(".status");
  const decisions = new Map(); // of rows: whether accepted
  let saved = true;

  function decide(row, accept) {
    if (accept === null) decisions.delete(row);
    else decisions.set(row, accept);
    for (const input of row.querySelectorAll(".decision input")) input.checked = accept !== null && (input.value === "accept") === accept;
    row.dataset.decision = accept === null ? "" : accept ? "accept" : "reject";
    saved = false;
  }

  function count() {
    document.getElementById("decided").textContent = `${decisions.size} of ${rows.length} decided`;
    document.getElementById("done").value = decisions.size;
    document.getElementById("save").disabled = !decisions.size;
  }

  function apply() {
    const given = new FormData(form);
    const classes = new Set(given.getAll("class"));
    const kinds = new Set(given.getAll("kind"));
    let shown = 0;
    for (const row of rows) {
      const passes =
        (!classes.size || classes.has(row.dataset.class)) &&
        (!kinds.size || kinds.has(row.dataset.kind)) &&
        (!given.get("undecided") || !decisions.has(row));
      row.hidden = !passes;
      shown += passes;
    }
    // From the inside out: a list without a row, an item without a list, a sentence, an article.
    for (const list of document.querySelectorAll(".differences")) {
      list.hidden = !list.querySelector(".difference:not([hidden])");
      if (list.previousElementSibling?.matches("h3")) list.previousElementSibling.hidden = list.hidden;
    }
    for (const outer of document.querySelectorAll(".group, .record")) outer.hidden = !outer.querySelector(".difference:not([hidden])");
    document.getElementById("shown").textContent = shown < rows.length ? `${shown} of ${rows.length} shown` : "All shown";
    const stop = rows.find((row) => row.tabIndex === 0);
    if (stop?.hidden) rove(rows.find((row) => !row.hidden) ?? stop);
  }

  function save() {
    const content = {
      ...paths,
      decisions: [...decisions].map(([row, accept]) => ({ article: row.dataset.article, key: row.dataset.key, accept })),
    };
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "decisions.json";
    link.click();
    URL.revokeObjectURL(url);
    saved = true;
    status.textContent = "Saved as decisions.json: now run onrecord accept decisions.json";
    setTimeout(() => (status.textContent = ""), 6000);
  }

  // All differences together are one stop of the tab key; arrows move, letters decide while the focus is there.
  function rove(row) {
    for (const other of rows) if (other.tabIndex === 0) other.tabIndex = -1;
    row.tabIndex = 0;
  }

  function go(row) {
    if (!row) return;
    rove(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target;
    if (!row.matches(".difference") || event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = rows.filter((one) => !one.hidden);
    const at = shown.indexOf(row);
    const verdicts = { a: true, r: false, u: null };
    if (event.key in verdicts) {
      decide(row, verdicts[event.key]);
      count();
      if (event.key !== "u") go(shown[at + 1]);
    } else if (event.key === "ArrowDown") go(shown[at + 1]);
    else if (event.key === "ArrowUp") go(shown[at - 1]);
    else return;
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".decision input")) return;
    decide(event.target.closest(".difference"), event.target.value === "accept");
    count();
  });
  for (const button of document.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => {
      for (const row of rows) if (!row.hidden) decide(row, button.dataset.all === "accept");
      count();
    });
  }
  document.getElementById("save").addEventListener("click", save);
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => requestAnimationFrame(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  for (const row of rows) row.tabIndex = -1;
  if (rows.length) rows[0].tabIndex = 0;
  apply();
  count();
}
