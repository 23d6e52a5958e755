"use strict";
// The claims that are shown, as rows of the flat claim table, on the clipboard.
{
  const table = JSON.parse(document.getElementById("table").textContent);
  const cards = [...document.querySelectorAll(".card")];
  const status = document.querySelector(".status");
  const shown = () => table.rows.filter((_, number) => !cards[number].hidden);

  // As `onrecord extract -o claims.csv` writes it: RFC 4180, an apostrophe before what a spreadsheet would run.
  function cell(value) {
    let text = Array.isArray(value) ? value.join("; ") : value === null ? "" : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r\n＝＋－＠]/u.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const formats = {
    csv: (rows) => [table.fields, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join(""),
    json: (rows) => JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, at) => [table.fields[at], value]))), null, 1),
  };

  // Frames and older browsers deny the clipboard's own interface; a selected field does as well.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("The browser does not allow copying.");
    }
  }

  let timer = 0;
  function say(words) {
    status.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = ""), 4000);
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const rows = shown();
      try {
        await copy(formats[button.dataset.copy](rows));
        button.focus();
        say(`Copied ${rows.length} ${rows.length === 1 ? "claim" : "claims"} as ${button.dataset.copy.toUpperCase()}`);
      } catch (error) {
        say(error.message);
      }
    });
  }
}
