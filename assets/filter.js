// Lists that are filtered as one types or chooses. The same rules as dashboard/search.py: every word typed stands in the
// entry's text, in any order; a choice is one of the entry's own. What is chosen stands in the address, so that it can be shared.
(function () {
  const FIELDS = "[data-filter-by]";
  const read = (list) => Array.from(list.querySelectorAll(FIELDS), (field) => [field.dataset.filterBy, field.value]);
  const fold = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (item, key, value) =>
    !value || (key === "q" ? fold(value).every((word) => item.dataset.words.toLowerCase().includes(word)) : item.dataset[key].split(" ").includes(value));

  const apply = (list) => {
    const wanted = read(list);
    const items = Array.from(list.querySelectorAll("[data-item]"));
    items.forEach((item) => { item.hidden = !wanted.every(([key, value]) => fits(item, key, value)); });
    list.querySelectorAll("[data-group]").forEach((group) => { group.hidden = !group.querySelector("[data-item]:not([hidden])"); });
    const shown = items.filter((item) => !item.hidden).length;
    const said = list.querySelector(".shown");
    const text = (shown === items.length ? "All " + shown : shown + " of " + items.length) + " " + said.dataset.what;
    if (said.textContent !== text) {
      said.textContent = text; // said only when it changes
    }
    list.querySelector(".nothing").hidden = shown > 0;
    list.querySelector(".clear-filters").hidden = !wanted.some(([, value]) => value);
  };

  const write_address = (list) => {
    const query = new URLSearchParams(location.search);
    read(list).forEach(([key, value]) => (value ? query.set(key, value) : query.delete(key)));
    const words = query.toString();
    history.replaceState(history.state, "", location.pathname + (words ? "?" + words : "") + location.hash);
  };

  let held = ""; // the field that had the focus in the text that came before the page
  const choose = (event) => {
    if (event.target.matches(FIELDS)) {
      const list = event.target.closest(".filtered");
      apply(list);
      write_address(list);
    }
  };
  document.addEventListener("input", choose);
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".filtered .clear-filters");
    if (button) {
      const list = button.closest(".filtered");
      list.querySelectorAll(FIELDS).forEach((field) => { field.value = ""; });
      apply(list);
      write_address(list);
      list.querySelector(FIELDS).focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    held = event.target.matches("#early " + FIELDS) ? event.target.id : "";
  });
  // What was typed before the page's scripts had all come stands in the address, and perhaps not yet in the page.
  document.addEventListener("asc:filled", (event) => {
    event.detail.querySelectorAll(".filtered").forEach((list) => {
      const query = new URLSearchParams(location.search);
      list.querySelectorAll(FIELDS).forEach((field) => { field.value = query.get(field.dataset.filterBy) || ""; });
      apply(list);
    });
  });
  document.addEventListener("asc:early-gone", () => {
    const field = held && document.querySelector('#react-entry-point [id="' + held + '"]');
    if (field) {
      field.focus();
      if (field.setSelectionRange) {
        field.setSelectionRange(field.value.length, field.value.length);
      }
    }
  });
})();
