// An address with a #part: the part is drawn after the address has changed, so the browser cannot go there by itself.
(function () {
  let wanted = location.hash.slice(1);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    wanted = link ? new URL(link.href).hash.slice(1) : "";
  });
  document.addEventListener("asc:filled", (event) => {
    const part = wanted && document.getElementById(wanted);
    if (!part || !event.detail.contains(part)) {
      return;
    }
    wanted = "";
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  });
})();
