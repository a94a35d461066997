// What a card gives away: its address, its table for a sheet or an e-mail, and the sentence to cite it by. What happened
// is said in one place for eyes and ears.
(function () {
  let fading = 0;
  const say = (words) => {
    const place = document.getElementById("said");
    place.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => { place.textContent = ""; }, 6000);
  };
  const address_of = (card) => location.origin + location.pathname + location.search + "#" + card.id;

  // A table as text: cells apart by tabs, rows by lines; words that the view does not show are left out.
  const read_cell = (node) => {
    if (node.nodeType === 3) {
      return node.textContent;
    }
    if (node.nodeType !== 1 || node.matches("svg, [aria-hidden=true]") || getComputedStyle(node).display === "none") {
      return "";
    }
    return Array.from(node.childNodes, read_cell).join(node.matches("td, th, div, p, ul") ? " " : "");
  };
  const read_row = (row) =>
    Array.from(row.cells, (cell) =>
      Array.from(cell.childNodes, read_cell).join(" ").replace(/\s+/g, " ").trim() + "\t".repeat(cell.colSpan - 1)).join("\t");
  const read_tables = (card) => {
    const beside = card.querySelectorAll(".table-view table");
    const tables = beside.length ? beside : card.querySelectorAll("table");
    const rows = Array.from(tables).flatMap((table) => Array.from(table.rows));
    const words = (part) => (card.querySelector(part) || { textContent: "" }).textContent;
    return { count: rows.filter((row) => row.closest("tbody")).length,
      text: [words("h2"), words(".subtitle"), ...rows.map(read_row), words(".source"), address_of(card)].join("\n") };
  };

  // Where the browser refuses the clipboard the text stands ready to be copied by hand.
  const offer = (button, text) => {
    const list = button.closest("ul, details");
    const old = list.parentNode.querySelector(".by-hand");
    if (old) {
      old.remove();
    }
    const label = document.createElement("label");
    const field = document.createElement(text.includes("\n") ? "textarea" : "input");
    label.className = "by-hand";
    label.textContent = "The browser does not let this page copy. Copy this yourself: ";
    field.readOnly = true;
    field.value = text;
    label.append(field);
    list.after(label);
    field.focus();
    field.select();
    say("The browser does not let this page copy. The text is selected: copy it yourself.");
  };
  const copy = (button, text, words) => {
    const refused = () => offer(button, text);
    if (!navigator.clipboard) { // a page that is not served over https has none
      refused();
      return;
    }
    navigator.clipboard.writeText(text).then(() => say(words), refused);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy-link, .copy-table");
    const card = button && button.closest(".card");
    if (!card) {
      return;
    }
    if (button.matches(".copy-link")) {
      copy(button, address_of(card), "Link copied.");
    } else {
      const { text, count } = read_tables(card);
      copy(button, text, `Table copied: ${count} ${count === 1 ? "row" : "rows"}. Paste it into a sheet or an e-mail.`);
    }
  });

  // The server does not know under which name it is reached; an address is written when it is looked at.
  document.addEventListener("toggle", (event) => {
    const place = event.target.matches(".citation") && event.target.querySelector(".cited-address");
    if (place && event.target.open) {
      place.textContent = ", " + address_of(event.target.closest(".card"));
    }
  }, true);

  window.asc = Object.assign(window.asc || {}, { say: say });
})();
