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

// The line for who comes the first time is there until it was hidden once. Here in the head, so that nothing moves.
(function () {
  const KEY = "asc-first-visit";
  const root = document.documentElement;
  try {
    root.dataset.firstVisit = localStorage.getItem(KEY) ? "over" : "now";
  } catch {
    root.dataset.firstVisit = "over"; // what cannot be hidden for good would be in the way
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest(".hide-first-visit")) {
      root.dataset.firstVisit = "over";
      localStorage.setItem(KEY, "over");
      const main = document.querySelector("#react-entry-point main");
      if (main) {
        main.focus({ preventScroll: true });
      }
    }
  });
})();
