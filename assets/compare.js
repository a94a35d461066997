// Compare: choices go to the address, and the address draws the page. The slider steps through dates without a redraw.
(function () {
  const STEP_MILLISECONDS = 1200;
  const find = (id) => document.getElementById(id);
  const is_here = () => location.pathname === "/compare";
  const write = (params) => location.pathname + (params.size ? "?" + params.toString().replace(/%2C/g, ",") : "");

  // The page stays where it is: the reader is busy with its controls.
  const go = (params) => {
    const top = window.scrollY;
    window.asc.go(write(params));
    window.scrollTo(0, top);
  };
  const set = (params, key, value) => (value ? params.set(key, value) : params.delete(key));

  // The address after a choice; what is usual leaves no trace, and other indicators have other dates.
  const choose = (drawn, chosen) => {
    const params = new URLSearchParams(location.search);
    const word = (codes, usual) => (codes.join() === usual.join() ? "" : codes.join() || "none");
    if (chosen.indicators.join() !== drawn.indicators.join()) {
      ["from", "to", "on"].forEach((key) => params.delete(key));
    }
    set(params, "indicator", word(chosen.indicators, drawn.usual_indicators));
    set(params, "area", word(chosen.areas, drawn.usual_areas));
    go(params);
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    comparing: {
      // Called too when the page is drawn: then the lists show what is drawn, and nothing is a choice.
      follow_choices: (indicators, areas, drawn) => {
        last_drawn = drawn || last_drawn;
        if (!drawn || !indicators || !areas || !is_here()) {
          return;
        }
        if (indicators.join() !== drawn.indicators.join() || areas.join() !== drawn.areas.join()) {
          choose(drawn, { indicators, areas });
        }
      },
    },
  });
  let last_drawn = null; // what the lists were last set to show

  document.addEventListener("click", (event) => {
    if (event.target.id === "compare-add" && last_drawn) {
      const more = find("compare-region").value.split(",");
      const areas = Array.from(new Set(last_drawn.areas.concat(more)));
      choose(last_drawn, { indicators: last_drawn.indicators, areas });
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
  let kept = null;
  document.addEventListener("focusin", (event) => { kept = event.target.dataset ? event.target.dataset.keep || null : null; });
  document.addEventListener("asc:filled", (event) => {
    const again = kept && document.activeElement === document.body && event.detail.querySelector(`[data-keep="${kept}"]`);
    if (again) {
      again.focus({ preventScroll: true });
    }
  });

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
      place.replaceChildren(fresh.content);
      window.asc.redraw();
    } else {
      place.replaceChildren(fresh.content);
      document.dispatchEvent(new CustomEvent("asc:filled", { detail: place }));
    }
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
    if (slider.value === slider.max) {
      slider.value = -1;
    }
    find("compare-play").textContent = "Pause";
    const step = () => {
      if (!slider.isConnected || Number(slider.value) >= Number(slider.max)) {
        stop();
        return;
      }
      slider.value = Number(slider.value) + 1;
      const next = slider.dataset.dates.split(" ")[Number(slider.value) + 1];
      show_date(slider).then(() => { if (next && player) { fetch_card(next); } });
      player = setTimeout(step, STEP_MILLISECONDS);
    };
    player = setTimeout(step, 0);
  };
})();
