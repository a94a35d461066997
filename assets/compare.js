// Compare: choices go to the address, and the address draws the page. The slider steps through dates without a redraw.
(function () {
  const STEP_MILLISECONDS = 1200;
  const PAUSE_MILLISECONDS = 600;
  const LISTS = ["compare-indicators", "compare-areas"];
  let kept = null; // what had the focus last
  const find = (id) => document.getElementById(id);
  const is_here = () => location.pathname === "/compare";
  const KEYS = ["chart", "indicator", "area", "from", "to", "on"];
  // In one order, so that a view has one address.
  const write = (params) => {
    const parts = KEYS.filter((key) => params.has(key)).map((key) => key + "=" + encodeURIComponent(params.get(key)).replace(/%2C/g, ","));
    return location.pathname + (parts.length ? "?" + parts.join("&") : "");
  };

  // The page stays where it is: the reader is busy with its controls.
  const go = (params) => {
    const top = window.scrollY;
    window.asc.go(write(params));
    window.scrollTo(0, top);
  };
  const set = (params, key, value) => (value ? params.set(key, value) : params.delete(key));

  const word = (codes, usual) => (codes.join() === usual.join() ? "" : codes.join() || "none");

  // The address after a choice; what is usual leaves no trace, and other indicators have other dates.
  const choose = (drawn, chosen) => {
    const params = new URLSearchParams(location.search);
    if (chosen.indicators.join() !== drawn.indicators.join()) {
      ["from", "to", "on"].forEach((key) => params.delete(key));
    }
    set(params, "indicator", word(chosen.indicators, drawn.usual_indicators));
    set(params, "area", word(chosen.areas, drawn.usual_areas));
    go(params);
  };

  // Several areas are often chosen in a row: the page is drawn anew when the reader pauses or leaves the list, never
  // while a name is being typed.
  let pending = null;
  let typed = null; // what was typed into a list while the page was on its way
  const wait = () => {
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => (LISTS.some((id) => find(id) && find(id).value) ? wait() : settle()), PAUSE_MILLISECONDS);
  };
  const settle = () => {
    if (pending) {
      clearTimeout(pending.timer);
      const { drawn, chosen } = pending;
      pending = typed = null;
      choose(drawn, chosen);
    }
  };
  const type_again = (input) => {
    if (typed && typed.id === input.id && typed.value && !input.value) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, typed.value);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  document.addEventListener("input", (event) => {
    if (LISTS.includes(event.target.id)) {
      typed = { id: event.target.id, value: event.target.value };
    }
  });
  document.addEventListener("keydown", (event) => { if (pending && LISTS.includes(event.target.id)) { wait(); } });
  document.addEventListener("focusout", (event) => { if (LISTS.includes(event.target.id) && event.target.isConnected) { settle(); } });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    comparing: {
      // Called too when the page is drawn: then the lists show what is drawn, and nothing is a choice.
      follow_choices: (indicators, areas, drawn) => {
        if (!drawn || !indicators || !areas || !is_here()) {
          return;
        }
        const is_choice = indicators.join() !== drawn.indicators.join() || areas.join() !== drawn.areas.join();
        if (pending) {
          clearTimeout(pending.timer);
        }
        pending = is_choice ? { drawn, chosen: { indicators, areas }, timer: null } : null;
        if (is_choice) {
          wait();
        }
      },
    },
  });

  document.addEventListener("click", (event) => {
    if (event.target.id === "compare-add") {
      const region = find("compare-region");
      const areas = new Set(region.dataset.chosen.split(",").concat(region.value.split(",")).filter(Boolean));
      const params = new URLSearchParams(location.search);
      set(params, "area", word(Array.from(areas), region.dataset.usual.split(",")));
      go(params);
    }
    // A link of the controls changes one thing of the address as it is now, also where it was drawn for an earlier one.
    const link = event.target.closest(".compare-controls a[data-sets]");
    if (link && !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      const params = new URLSearchParams(location.search);
      // A link without the key asks for what is usual.
      set(params, link.dataset.sets, new URL(link.href).searchParams.get(link.dataset.sets));
      go(params);
    }
    if (event.target.id === "compare-play") {
      player ? stop() : play();
    }
  });
  document.addEventListener("change", (event) => {
    const key = event.target.id && event.target.id.startsWith("compare-") && event.target.dataset.key;
    if (key) {
      const params = new URLSearchParams(location.search);
      set(params, key, event.target.value);
      go(params);
    }
  });

  // The control that had the focus has it again when its part of the page was drawn anew.
  document.addEventListener("focusin", (event) => { kept = event.target.dataset.keep || event.target.id || null; });
  document.addEventListener("asc:filled", () => requestAnimationFrame(() => {
    const again = kept && document.activeElement === document.body && (find(kept) || document.querySelector(`[data-keep="${kept}"]`));
    if (again && is_here()) {
      again.focus({ preventScroll: true });
      type_again(again);
    }
  }));

  // Slider: each date's card is fetched once, and kept for the second time.
  let cards = new Map();
  let wanted = "";
  const address_of = (day) => {
    const params = new URLSearchParams(location.search);
    params.set("on", day);
    return params;
  };
  const fetch_card = (day) => {
    const address = "/compare/card?" + address_of(day).toString();
    if (!cards.has(address)) {
      const answer = fetch(address).then((reply) => (reply.ok ? reply.text() : Promise.reject(new Error(reply.status))));
      answer.catch(() => cards.delete(address));
      cards.set(address, answer);
    }
    return cards.get(address);
  };

  const show_card = (html) => {
    const place = find("compare-card");
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const old = place.querySelector('.chart[data-drawn="yes"]');
    const chart = fresh.content.querySelector(".chart[data-figure]");
    const open = Array.from(place.querySelectorAll("details"), (one) => one.open);
    if (old && chart && old.id === chart.id) {
      // The drawn chart stays and moves to its new figure, so that nothing blinks.
      old.setAttribute("data-figure", chart.getAttribute("data-figure"));
      old.parentElement.setAttribute("aria-label", chart.parentElement.getAttribute("aria-label"));
      chart.replaceWith(old);
    }
    place.replaceChildren(fresh.content);
    document.dispatchEvent(new CustomEvent("asc:filled", { detail: place }));
    place.querySelectorAll("details").forEach((one, number) => { one.open = Boolean(open[number]); });
  };

  const show_date = (slider) => {
    const day = slider.dataset.dates.split(" ")[slider.value];
    const words = slider.dataset.words.split("|")[slider.value];
    find("compare-date-words").textContent = words;
    slider.setAttribute("aria-valuetext", words);
    wanted = day;
    const params = address_of(day);
    return fetch_card(day).then((html) => {
      if (wanted !== day || !slider.isConnected) {
        return;
      }
      history.replaceState(history.state, "", write(params));
      document.querySelectorAll(".chart-choice a, .add-areas a").forEach((link) => {
        const target = new URL(link.href);
        target.searchParams.set("on", day);
        link.href = target.pathname + target.search.replace(/%2C/g, ",");
      });
      show_card(html);
    }).catch(() => { find("compare-note").textContent = "This date could not be fetched. Try again."; });
  };
  document.addEventListener("input", (event) => {
    if (event.target.id === "compare-date") {
      stop();
      show_date(event.target);
    }
  });

  let player = null;
  const stop = () => {
    clearTimeout(player);
    player = null;
    const button = find("compare-play");
    if (button) {
      button.textContent = "Play";
    }
  };
  const play = () => {
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      find("compare-note").textContent =
        "Your device asks for less motion, so nothing plays by itself. Move the slider to step through the dates.";
      return;
    }
    const slider = find("compare-date");
    const end = Number(slider.max);
    let place = Number(slider.value) === end ? 0 : Number(slider.value) + 1; // from the end it begins anew
    find("compare-play").textContent = "Pause";
    const step = () => {
      if (!slider.isConnected || place > end) {
        stop();
        return;
      }
      slider.value = place;
      place += 1;
      const next = slider.dataset.dates.split(" ")[place];
      show_date(slider).then(() => { if (next && player) { fetch_card(next); } });
      player = setTimeout(step, STEP_MILLISECONDS);
    };
    player = setTimeout(step, 0);
  };
})();
