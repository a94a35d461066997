// Sheets of A4 (assets/briefing.css): one that holds too much is made smaller until it fits. In a narrow window sheets are
// as long as they need to be. Also loaded by printed documents, which have nothing else of the pages.
(function () {
  const LEAST = 0.5;
  const STEP = 0.02;
  const fit = (body) => {
    let scale = 1;
    body.style.removeProperty("--fit");
    while (body.scrollHeight > body.clientHeight + 1 && scale > LEAST) {
      scale = Math.round((scale - STEP) * 100) / 100;
      body.style.setProperty("--fit", String(scale));
    }
  };
  const fit_all = (root) => {
    if (window.matchMedia("(min-width: 54.01rem), print").matches) {
      root.querySelectorAll(".sheet-body").forEach(fit);
    }
  };
  document.addEventListener("asc:filled", (event) => requestAnimationFrame(() => fit_all(event.detail)));
  window.asc = Object.assign(window.asc || {}, { fit_sheets: fit_all });
})();
