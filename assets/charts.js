// Charts: each is drawn from the figure that came with the page, when it comes near the window.
(function () {
  // Zooming and panning are off: they trap a phone's scrolling, and the table holds every number.
  const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  const NEAR = "600px";
  let library = null;

  // plotly.js is the largest file by far: fetched once, late, and only by a page with a chart.
  const fetch_library = () => {
    library = library || new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = document.querySelector("[data-plotly]").getAttribute("data-plotly");
      script.onload = () => done(window.Plotly);
      script.onerror = failed;
      document.head.append(script);
    });
    return library;
  };

  const read_figure = (place) => JSON.parse(window.asc.paint(place.getAttribute("data-figure")));

  const draw = (place) => {
    place.dataset.drawn = "wanted";
    fetch_library().then((plotly) => {
      if (!place.isConnected) {
        return;
      }
      const figure = read_figure(place);
      return plotly.react(place, figure.data, figure.layout, CONFIG).then(() => { place.dataset.drawn = "yes"; });
    }).catch(() => { place.dataset.drawn = "failed"; });
  };

  const near = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      near.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: NEAR });

  document.addEventListener("asc:filled", (event) => {
    event.detail.querySelectorAll(".chart[data-figure]").forEach((place) => near.observe(place));
  });
  const draw_waiting = () => document.querySelectorAll(".chart[data-figure]:not([data-drawn])").forEach(draw);
  window.addEventListener("beforeprint", draw_waiting);

  window.asc = Object.assign(window.asc || {}, {
    fetch_library: fetch_library,
    // The figure's text in the colours of the theme; the theme may set another painter.
    paint: (text) => text,
    draw_waiting: draw_waiting,
    redraw: () => document.querySelectorAll(".chart[data-drawn]").forEach(draw),
  });
})();
