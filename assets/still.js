// Parts of a page that come as HTML from our server: put in place when the renderer brings them, and again when changed.
(function () {
  // What the document had already is not sent again: it moves into its place, charts and all. Kept, should it be asked for
  // once more.
  const pieces = new Map();
  document.querySelectorAll("#early [data-piece]").forEach((piece) => pieces.set(piece.dataset.piece, piece.childNodes));
  const fill = (place) => {
    const [is_piece, number] = place.getAttribute("data-still").match(/^piece:(\d+)$/) || [];
    if (is_piece) {
      const nodes = Array.from(pieces.get(number));
      pieces.set(number, nodes);
      place.replaceChildren(...nodes);
    } else {
      place.innerHTML = place.getAttribute("data-still");
    }
    document.dispatchEvent(new CustomEvent("asc:filled", { detail: place }));
  };
  const fill_all = (root) => {
    if (root.matches("[data-still]")) {
      fill(root);
    }
    root.querySelectorAll("[data-still]").forEach(fill);
  };
  // The document came with the page's text; it goes when Dash has the page.
  const replace_early = () => {
    const early = document.getElementById("early");
    if (early && document.querySelector("#react-entry-point main h1")) {
      early.remove();
      document.dispatchEvent(new CustomEvent("asc:early-gone"));
    }
  };
  new MutationObserver((changes) => {
    changes.forEach((change) => {
      if (change.type === "attributes") {
        fill(change.target);
      }
      change.addedNodes.forEach((node) => node.nodeType === 1 && fill_all(node));
    });
    replace_early();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-still"] });

  // A link inside a still part changes the page without loading the scripts anew, as Dash's own links do.
  const is_page = (path) => !/^\/(download\/|downloads\/|api\/|feeds\/|assets|static|plotly|export\/|_|healthz)/.test(path);
  const leads_to_page = (link) =>
    link.origin === location.origin && !link.hasAttribute("download") && !link.target && is_page(link.pathname);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || document.getElementById("early") || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    const is_here = link.pathname === location.pathname && link.search === location.search;
    if (is_here || !leads_to_page(link)) {
      return;
    }
    event.preventDefault();
    window.asc.go(link.href);
  });

  window.asc = Object.assign(window.asc || {}, {
    leads_to_page: leads_to_page,
    // Go to an address within the dashboard.
    go: (address) => {
      history.pushState({}, "", address);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
      window.scrollTo(0, 0);
    },
  });
})();
