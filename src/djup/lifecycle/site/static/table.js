// Sorting of tables, the search field, and roadmaps that begin near today. Without this file every page shows the same facts.
"use strict";

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.sort ?? cell.textContent.trim();
}

function sortBy(table, column, direction) {
  const body = table.tBodies[0];
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const rows = [...body.rows].sort((a, b) => direction * compare(keyOf(a, column), keyOf(b, column)));
  body.append(...rows);
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if ("unsorted" in head.dataset || head.querySelector("a")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sortBy(table, column, ascending ? 1 : -1);
    });
  });
}

for (const line of document.querySelectorAll(".roadmap .now")) {
  const frame = line.closest(".scroll");
  frame.scrollLeft += line.getBoundingClientRect().left - frame.getBoundingClientRect().left - frame.clientWidth / 3;
}

const form = document.querySelector("form.search");
if (form) {
  const field = form.querySelector("input");
  const jumps = document.querySelector(".chips");
  const count = form.querySelector("output");
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const section of document.querySelectorAll("main section")) {
      let any = false;
      for (const item of section.querySelectorAll("[data-words]")) {
        item.hidden = !words.every((word) => item.dataset.words.includes(word));
        if (!item.hidden) { any = true; shown += 1; }
      }
      section.hidden = !any;
    }
    jumps.hidden = words.length > 0;
    count.textContent = words.length ? `${shown} found` : "";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", filter);
}
