// The page of the address is marked in the navigation, for eyes and for screen readers.
function mark_page(path) {
  document.querySelectorAll("header nav a").forEach(function (link) {
    if (link.getAttribute("href") === path) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  });
}

// Typing in the area picker starts afresh: what stands in it is selected when it gets the focus. At once, since a letter
// typed before the next frame would be selected too, and the next letter would take its place. A click sets the caret later.
document.addEventListener("focusin", function (event) {
  if (event.target.id === "area-picker") {
    event.target.select();
  }
});
document.addEventListener("click", function (event) {
  if (event.target.id === "area-picker") {
    event.target.select();
  }
});

// Enter goes to the area that the list marks. The picker itself loses an Enter that comes as soon as the list has changed.
document.addEventListener("keydown", function (event) {
  const picker = event.target;
  const list = picker.id === "area-picker" && document.getElementById(picker.getAttribute("aria-controls"));
  const option = list && list.querySelector("[data-combobox-selected], [role=option]");
  if (event.key === "Enter" && option) {
    event.preventDefault();
    event.stopPropagation();
    picker.blur();
    window.asc.go(option.getAttribute("value"));
  }
}, true);

// After a change of page the focus goes to its heading, so that a screen reader says where one is; the address of another
// page scrolls to its top, and the browser's own buttons bring back the place that was left.
(function () {
  let shown = location.pathname;
  let wanted = null;
  history.scrollRestoration = "manual";
  const remember = () => history.replaceState(Object.assign({}, history.state, { top: window.scrollY }), "");
  let waiting = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(waiting);
    if (wanted === null) {
      waiting = setTimeout(remember, 100);
    }
  }, { passive: true });
  window.addEventListener("popstate", () => { wanted = (history.state || {}).top || 0; });
  window.addEventListener("_dashprivate_pushstate", () => { wanted = null; });
  window.addEventListener("beforeunload", remember);
  document.addEventListener("asc:filled", (event) => {
    const heading = event.detail.querySelector("h1");
    if (!heading) {
      return;
    }
    if (location.pathname !== shown) {
      shown = location.pathname;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    if (wanted !== null) {
      const top = wanted;
      // Once the rest of the page is there too, the place exists.
      requestAnimationFrame(() => requestAnimationFrame(() => { window.scrollTo(0, top); wanted = null; }));
    }
  });
  // A page loaded anew stands where it was left, unless its address names a place (assets/places.js).
  const settle = () => {
    if (!location.hash && history.state && history.state.top) {
      window.scrollTo(0, history.state.top);
    }
  };
  document.addEventListener("asc:early-gone", () => requestAnimationFrame(settle));
})();

// How choices change the address. The address is the only state of a view; these functions never keep any.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  navigation: {
    // The picker shows the page's area.
    follow_area: function (path) {
      mark_page(path);
      return path === "/" || /^\/(region|area)\//.test(path || "") ? path : null;
    },

    // Choosing another area goes to its page. The picker's following the page comes by here too and stays.
    choose_area: function (chosen) {
      if (chosen && chosen !== window.location.pathname) {
        window.asc.go(chosen); // without a query: the other page may not offer the measure of this one
      }
    },

    // The page's first measure is its default and leaves no trace in the address: one view, one address.
    follow_measure: function (chosen, offered, search) {
      const stay = window.dash_clientside.no_update;
      if (!chosen || !offered || !offered.length) {
        return stay;
      }
      const first = (offered[0].items || offered)[0].value; // measures may stand in groups
      // What stands in the address is drawn already, also where it names the default.
      const shown = new URLSearchParams(search || "").get("measure") || first;
      if (chosen !== shown) {
        // Whatever else the address says stays: how the heat-map is sorted, say.
        const query = new URLSearchParams(window.location.search);
        query.delete("measure");
        if (chosen !== first) {
          query.set("measure", chosen);
        }
        window.asc.go(window.location.pathname + (query.size ? "?" + query : ""));
      }
      return stay;
    },
  },
});
