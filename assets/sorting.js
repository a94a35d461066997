// Tables that can be sorted: a press on a heading's button puts the rows of the first body in order, another turns it.
// Rows without a figure stay at the foot; the wider areas below are a body of their own and stay where they are.
(function () {
  const key_of = (row, place) => {
    const cell = row.cells[place];
    return place === 0 ? cell.textContent.trim() : cell.dataset.value === undefined ? null : Number(cell.dataset.value);
  };
  const compare = (one, other) =>
    typeof one === "string" ? one.localeCompare(other, "en-GB") : one - other;

  const sort = (table, place, order) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => ({ row, key: key_of(row, place) }));
    const held = rows.filter((one) => one.key !== null);
    const turn = order === "descending" ? -1 : 1;
    held.sort((one, other) => turn * compare(one.key, other.key));
    body.append(...held.map((one) => one.row), ...rows.filter((one) => one.key === null).map((one) => one.row));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("table.areas-by-measure button.sort");
    if (!button) {
      return;
    }
    const head = button.closest("th");
    const table = head.closest("table");
    const is_name = head.cellIndex === 0;
    const first = is_name ? "ascending" : "descending"; // of figures, the highest come first
    const now = head.getAttribute("aria-sort");
    const order = now === "none" ? first : now === "ascending" ? "descending" : "ascending";
    table.querySelectorAll("thead th").forEach((one) => one.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", order);
    sort(table, head.cellIndex, order);
  });
})();
