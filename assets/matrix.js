// The heat-map: sorted and switched in the browser, by the rules of dashboard/views/heat_map.py. What a reader chose stands
// in the address, so that it can be shared, and is there again after going to a council and back.
(function () {
  const USUAL = { sort: "signal", order: "desc", show: "value" };
  const WAYS = {
    signal: { desc: "most first", asc: "fewest first" },
    name: { asc: "A to Z", desc: "Z to A" },
  };
  const FIGURES = { asc: "lowest first", desc: "highest first" };
  const SPOKEN = { asc: "ascending", desc: "descending" };

  const usual_order = (sort) => (sort === "signal" ? "desc" : "asc");
  const name_way = (state) => (WAYS[state.sort] || FIGURES)[state.order];
  const read = (view) => ({ sort: view.dataset.tableSort, order: view.dataset.tableOrder, show: view.dataset.tableShow });

  // The numbers by which a row is sorted, the weightiest first; null where it lacks them.
  const read_keys = (row, place, state) => {
    if (state.sort === "name") {
      return [];
    }
    if (state.sort === "signal") {
      return [Number(row.dataset.signals)];
    }
    const cell = row.cells[place];
    const names = cell.classList.contains("homes") || state.show === "value" ? ["value"]
      : state.show === "verdict" ? ["verdict", "value"] : ["change"];
    const numbers = names.map((name) => cell.dataset[name]);
    return numbers.includes(undefined) ? null : numbers.map(Number);
  };

  const compare = (sign) => (one, other) => {
    if (!one.keys || !other.keys) {
      return Number(!one.keys) - Number(!other.keys);
    }
    const place = one.keys.findIndex((key, number) => key !== other.keys[number]);
    return place < 0 ? 0 : sign * (one.keys[place] - other.keys[place]);
  };

  const sort_rows = (view, state) => {
    const body = view.querySelector("tbody.areas");
    const words = [...view.querySelectorAll(".names .sort")].map((button) => button.dataset.sort);
    const place = state.sort === "answering" ? words.length + 1 : words.indexOf(state.sort) + 1;
    const sign = state.order === "desc" ? -1 : 1;
    const rows = [...body.rows].map((row) => ({ row: row, name: row.dataset.name, keys: read_keys(row, place, state) }));
    const by_name = state.sort === "name" ? sign : 1;
    rows.sort((one, other) => by_name * (one.name < other.name ? -1 : Number(one.name > other.name)));
    rows.sort(compare(sign));
    body.append(...rows.map((entry) => entry.row));
  };

  const apply = (view, state) => {
    Object.assign(view.dataset, { tableSort: state.sort, tableOrder: state.order, tableShow: state.show });
    sort_rows(view, state);
    view.querySelectorAll("th[aria-sort]").forEach((heading) => heading.removeAttribute("aria-sort"));
    const button = view.querySelector('thead [data-sort="' + state.sort + '"]');
    if (button) {
      button.closest("th").setAttribute("aria-sort", SPOKEN[state.order]);
    }
    view.querySelectorAll("[data-show]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.show === state.show)));
    view.querySelector(".choice").value = state.sort;
    view.querySelector(".way").textContent = name_way(state);
  };

  // The usual leaves no trace in the address; keys that are not the heat-map's stay as they are.
  const write_address = (state) => {
    const query = new URLSearchParams(location.search);
    const put = (key, word, usual) => (word === usual ? query.delete(key) : query.set(key, word));
    put("sort", state.sort, USUAL.sort);
    put("order", state.order, usual_order(state.sort));
    put("show", state.show, USUAL.show);
    const words = query.toString();
    history.replaceState(history.state, "", location.pathname + (words ? "?" + words : "") + location.hash);
  };

  const choose = (view, changed) => {
    const state = Object.assign(read(view), changed);
    apply(view, state);
    write_address(state);
    const chosen = view.querySelector(".choice").selectedOptions[0].textContent;
    view.querySelector(".said-sort").textContent = "Sorted by " + chosen + ", " + name_way(state) + ".";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".matrix-view button");
    if (!button) {
      return;
    }
    const view = button.closest(".matrix-view");
    const state = read(view);
    const turned = state.order === "asc" ? "desc" : "asc";
    if (button.dataset.show) {
      choose(view, { show: button.dataset.show });
    } else if (button.dataset.sort) {
      const sort = button.dataset.sort;
      choose(view, { sort: sort, order: sort === state.sort ? turned : usual_order(sort) });
    } else if (button.classList.contains("order")) {
      choose(view, { order: turned });
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".matrix-view .choice")) {
      choose(event.target.closest(".matrix-view"), { sort: event.target.value, order: usual_order(event.target.value) });
    }
  });

  // What was chosen before the page's scripts had all come stands in the address, and perhaps not yet in the page.
  document.addEventListener("asc:filled", (event) => {
    event.detail.querySelectorAll(".matrix-view").forEach((view) => {
      const query = new URLSearchParams(location.search);
      const sort = query.get("sort") || USUAL.sort;
      apply(view, { sort: sort, order: query.get("order") || usual_order(sort), show: query.get("show") || USUAL.show });
    });
  });
})();
