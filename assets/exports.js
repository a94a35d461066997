// Files of a card or a page are made from the page's address, as it is when they are asked for.
(function () {
  const complete = (link) => {
    link.href = link.dataset.export + "?page=" + encodeURIComponent(location.pathname + location.search);
    link.setAttribute("download", "");
  };
  document.addEventListener("asc:filled", (event) => event.detail.querySelectorAll("a[data-export]").forEach(complete));
  ["click", "focusin", "contextmenu"].forEach((what) =>
    document.addEventListener(what, (event) => {
      const link = event.target.closest && event.target.closest("a[data-export]");
      if (link) {
        complete(link);
      }
    }, true));
})();
