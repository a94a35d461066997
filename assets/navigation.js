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

// Typing in the area picker starts afresh: what stands in it is selected when it gets the focus.
document.addEventListener("focusin", function (event) {
  if (event.target.id === "area-picker") {
    window.requestAnimationFrame(() => event.target.select());
  }
});
document.addEventListener("click", function (event) {
  if (event.target.id === "area-picker") {
    event.target.select();
  }
});

let seen = null; // the path that the picker was last set to show

// How choices change the address. The address is the only state of a view; these functions never keep any.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  navigation: {
    // The picker shows the page's area; choosing another one goes to its page.
    follow_area: function (chosen, path) {
      const stay = window.dash_clientside.no_update;
      mark_page(path);
      // Two causes may come in one call: what differs from the page that was shown before is a choice of the reader's.
      const is_choice = chosen && chosen !== path && (seen === path || seen === null);
      seen = path;
      if (is_choice) {
        window.asc.go(chosen);
        return [stay, stay];
      }
      const is_area = path === "/" || /^\/(region|area)\//.test(path || "");
      return [is_area ? path : null, stay];
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
        const kept = new URLSearchParams(search || ""); // the region of the workforce page stays
        kept.delete("measure");
        if (chosen !== first) {
          kept.set("measure", chosen);
        }
        const wanted = kept.toString();
        window.asc.go(window.location.pathname + (wanted ? "?" + wanted : ""));
      }
      return stay;
    },
  },
});
