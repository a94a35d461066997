// An address with a #part: the part is drawn after the address has changed, so the browser cannot go there by itself.
(function () {
  let wanted = location.hash.slice(1);
  const go = () => {
    const part = wanted && document.querySelector(`#react-entry-point [id="${CSS.escape(wanted)}"]`);
    // Until Dash has the page its text stands before it, and nothing of it can be gone to.
    if (!part || document.getElementById("early")) {
      return;
    }
    wanted = "";
    if (part.matches("details")) {
      part.open = true;
      part.querySelector("summary").focus({ preventScroll: true });
    } else {
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
    part.scrollIntoView();
  };
  // A link to an entry of the page that is already there: the browser goes to it and leaves it shut.
  window.addEventListener("hashchange", () => {
    wanted = location.hash.slice(1);
    go();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    wanted = link ? new URL(link.href).hash.slice(1) : "";
  });
  document.addEventListener("asc:filled", (event) => {
    if (wanted && event.detail.querySelector(`[id="${CSS.escape(wanted)}"]`)) {
      requestAnimationFrame(go);
    }
  });
  const early = document.getElementById("early");
  if (wanted && early) {
    new MutationObserver((changes, observer) => {
      if (!early.isConnected) {
        observer.disconnect();
        go();
      }
    }).observe(early.parentNode, { childList: true });
  }
})();
