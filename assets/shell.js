// On a small screen the pages stand behind a button.
(function () {
  const set = (button, is_open) => button.setAttribute("aria-expanded", String(is_open));
  const is_open = (button) => button.getAttribute("aria-expanded") === "true";
  const opened = () => document.querySelector('#menu-button[aria-expanded="true"]');
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#menu-button");
    if (button) {
      set(button, !is_open(button));
    } else if (opened() && !event.target.closest("header nav ul") || event.target.closest("header nav a")) {
      document.querySelectorAll("#menu-button").forEach((one) => set(one, false));
    }
  });
  document.addEventListener("keydown", (event) => {
    const button = opened();
    if (event.key === "Escape" && button) {
      const was_inside = event.target.closest("header");
      set(button, false);
      if (was_inside) {
        button.focus();
      }
    }
  });
  // The focus that goes on past the pages closes them behind it.
  document.addEventListener("focusin", (event) => {
    const button = opened();
    if (button && !event.target.closest("header")) {
      set(button, false);
    }
  });
})();
