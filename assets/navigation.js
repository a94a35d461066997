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

// How choices change the address. The address is the only state of a view; these functions never keep any.
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  navigation: {
    // The picker shows the page's area; choosing another one goes to its page.
    follow_area: function (chosen, path) {
      const stay = window.dash_clientside.no_update;
      const cause = window.dash_clientside.callback_context.triggered.map((t) => t.prop_id);
      mark_page(path);
      const isChoice = cause.length === 1 && cause[0] === "area-picker.value";
      if (isChoice && chosen && chosen !== path) {
        window.location.assign(chosen); // a fresh load, for the reason given below
        return [stay, stay];
      }
      const isArea = path === "/" || /^\/(region|area)\//.test(path || "");
      return [isArea ? path : null, stay];
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
        const wanted = chosen === first ? "" : "?measure=" + encodeURIComponent(chosen);
        // A fresh load: the renderer takes far longer to change a page of this size in place than to draw it anew.
        window.location.assign(window.location.pathname + wanted);
      }
      return stay;
    },
  },
});
