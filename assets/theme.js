// The theme: what the reader chose, otherwise what the device asks for. In the head, so that no page flashes white.
(function () {
  const KEY = "asc-theme";
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem(KEY) || "device";
    } catch {
      return "device"; // a browser that keeps nothing still shows the page
    }
  };
  const asks = (what) => window.matchMedia(what).matches;
  const of_device = () => (asks("(prefers-contrast: more)") ? "contrast" : asks("(prefers-color-scheme: dark)") ? "dark" : "light");
  const apply = () => {
    const chosen = remembered();
    const theme = chosen === "device" ? of_device() : chosen;
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
      document.dispatchEvent(new CustomEvent("asc:theme"));
    }
  };
  apply();
  ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"].forEach((what) => window.matchMedia(what).addEventListener("change", apply));

  document.addEventListener("change", (event) => {
    if (event.target.id === "theme") {
      try {
        localStorage.setItem(KEY, event.target.value);
      } catch {
        // The choice holds for this page only.
        root.dataset.theme = event.target.value === "device" ? of_device() : event.target.value;
        document.dispatchEvent(new CustomEvent("asc:theme"));
        return;
      }
      apply();
    }
  });
  document.addEventListener("asc:filled", (event) => {
    const picker = event.detail.querySelector("#theme");
    if (picker) {
      picker.value = remembered();
    }
  });
})();
