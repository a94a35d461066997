// A printed page has the caveats of each card, and charts in the light colours, whatever the screen shows.
(function () {
  const root = document.documentElement;
  let opened = [];
  let theme = "";
  const paint = (name) => {
    root.dataset.theme = name;
    document.dispatchEvent(new CustomEvent("asc:theme"));
  };
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details.caveats:not([open])"));
    opened.forEach((one) => { one.open = true; });
    if (root.dataset.theme === "dark") {
      theme = root.dataset.theme;
      paint("light");
    }
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((one) => { one.open = false; });
    opened = [];
    if (theme) {
      paint(theme);
      theme = "";
    }
  });
})();
