// The last areas visited, for one click back: kept in this browser alone, shown below the area picker.
(function () {
  const KEY = "asc-areas";
  const MOST = 5;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.filter((area) => area && /^\/(region|area)\/E\d{8}$/.test(area.path) && area.name) : [];
    } catch {
      return []; // a browser that keeps nothing shows none
    }
  };
  const remember = (area) => {
    try {
      localStorage.setItem(KEY, JSON.stringify([area, ...read().filter((one) => one.path !== area.path)].slice(0, MOST + 1)));
    } catch {
      // Nothing is kept; nothing is shown.
    }
  };
  const show = () => {
    const place = document.querySelector("#react-entry-point #recent-areas");
    const areas = read().filter((area) => area.path !== location.pathname).slice(0, MOST);
    if (!place) {
      return;
    }
    place.textContent = areas.length ? "Recent: " : "";
    areas.forEach((area, order) => {
      const link = document.createElement("a");
      link.href = area.path;
      link.textContent = area.name;
      place.append(order ? " \u00b7 " : "", link);
    });
  };
  document.addEventListener("asc:filled", (event) => {
    const heading = event.detail.closest("main") && event.detail.querySelector("h1");
    if (!heading) {
      return;
    }
    if (/^\/(region|area)\//.test(location.pathname) && !heading.closest(".explained")) {
      remember({ path: location.pathname, name: heading.textContent });
    }
    show();
  });
})();
