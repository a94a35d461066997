// What Dash asks the server is answered from what is here already: the document's own start, and pages fetched ahead.
// Stands before the scripts that watch what Dash asks (trouble.js): what is fetched ahead is nobody's trouble.
(function () {
  const DWELL = 65; // milliseconds on a link before it counts as meant
  const IDLE = 3000;
  const FRESH = 60000; // a page fetched ahead is used within a minute: the figures may move
  const MOST = 12;
  const AT_ONCE = 2;
  const ask = window.fetch.bind(window);
  const written = document.getElementById("start");
  const start = written ? JSON.parse(written.textContent) : {};
  const pages = new Map();
  let pattern = null; // how Dash asks for a page
  let under_way = 0;

  const answer = (text) => new Response(text, { status: 200, headers: { "Content-Type": "application/json" } });
  const take = (name) => {
    const held = start[name];
    delete start[name];
    return held === undefined ? null : Promise.resolve(answer(JSON.stringify(held)));
  };
  const read = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };
  const value_of = (body, property) => (body.inputs.find((one) => one.id === "_pages_location" && one.property === property) || {}).value;
  // The address that a callback asks the page of, or null for any other callback.
  const address_of = (body) => {
    const path = body && Array.isArray(body.inputs) ? value_of(body, "pathname") : undefined;
    return path === undefined ? null : path + (value_of(body, "search") || "");
  };

  const ask_page = (what, options, more) => {
    const body = read(options.body);
    const address = address_of(body);
    if (address === null) {
      return ask(what, options, ...more);
    }
    const is_first = pattern === null;
    pattern = { what: what, options: options, body: body };
    const asked = start.asked;
    const first = take("page");
    if (is_first && first && address === asked) {
      return first;
    }
    const ahead = pages.get(address);
    pages.delete(address);
    if (ahead && performance.now() - ahead.at < FRESH) {
      return ahead.text.then((text) => (text === null ? ask(what, options, ...more) : answer(text)));
    }
    return ask(what, options, ...more);
  };

  window.fetch = (what, options, ...more) => {
    const address = typeof what === "string" ? what : what.url || String(what);
    const name = (address.match(/\/_dash-(layout|dependencies|update-component)/) || [])[1];
    if (name === "update-component" && options && options.body) {
      return ask_page(what, options, more);
    }
    return (name && name !== "update-component" && take(name)) || ask(what, options, ...more);
  };

  const fetch_ahead = (address) => {
    const is_here = address === location.pathname + location.search;
    const saves = navigator.connection && navigator.connection.saveData;
    const held = pages.get(address);
    if (!pattern || is_here || saves || under_way >= AT_ONCE || (held && performance.now() - held.at < FRESH)) {
      return;
    }
    const [path, search] = [address.split("?")[0], address.includes("?") ? "?" + address.split("?")[1] : ""];
    const inputs = pattern.body.inputs.map((one) => Object.assign({}, one, { value: one.property === "pathname" ? path : search }));
    const body = JSON.stringify(Object.assign({}, pattern.body, { inputs: inputs, changedPropIds: ["_pages_location.pathname"] }));
    under_way += 1;
    const text = ask(pattern.what, Object.assign({}, pattern.options, { body: body, signal: undefined, priority: "low" }))
      .then((reply) => (reply.status === 200 ? reply.text() : null), () => null)
      .finally(() => { under_way -= 1; });
    pages.delete(address);
    pages.set(address, { at: performance.now(), text: text });
    if (pages.size > MOST) {
      pages.delete(pages.keys().next().value);
    }
  };

  // A link to a page, an area in the picker, or a measure in its list: the address that it leads to.
  const leads_to = (target) => {
    const link = target.closest && target.closest("a[href]");
    if (link) {
      return window.asc.leads_to_page(link) ? link.pathname + link.search : "";
    }
    const option = target.closest && target.closest("[role=option][value]");
    if (!option) {
      return "";
    }
    const value = option.getAttribute("value");
    if (value.startsWith("/")) {
      return value;
    }
    const measure = document.querySelector("#react-entry-point #measure");
    if (!measure || !option.closest(`[id="${measure.getAttribute("aria-controls")}"]`)) {
      return "";
    }
    const query = new URLSearchParams(location.search);
    query.set("measure", value);
    return location.pathname + "?" + query;
  };
  let dwelling = 0;
  const consider = (wait) => (event) => {
    clearTimeout(dwelling);
    const address = leads_to(event.target);
    if (address) {
      dwelling = setTimeout(() => fetch_ahead(address), wait);
    }
  };
  document.addEventListener("pointerover", consider(DWELL), { passive: true });
  document.addEventListener("focusin", consider(DWELL));
  document.addEventListener("touchstart", consider(0), { passive: true });
  // Who types a name has the first match chosen, and presses Enter next.
  document.addEventListener("keyup", (event) => {
    const list = event.key !== "Enter" && document.getElementById(event.target.getAttribute("aria-controls"));
    const first = list && list.querySelector("[data-combobox-selected]");
    if (first) {
      consider(DWELL)({ target: first });
    }
  });

  // Once all is quiet, the page that is most likely next: the area that was looked at last, or where the questions stand.
  document.addEventListener("asc:early-gone", () => setTimeout(() => {
    const next = document.querySelector('#react-entry-point #recent-areas a, #react-entry-point header a[href="/support"]');
    const later = window.requestIdleCallback || setTimeout;
    if (next && !document.hidden) {
      later(() => fetch_ahead(next.pathname + next.search));
    }
  }, IDLE));
})();
