// A document on its way to the printer: charts are drawn at once, and a sheet that holds too much is made smaller until
// it fits. Loaded by printed documents alone (dashboard/briefing/document.py), not by the pages.
(function () {
  const LEAST = 0.6;
  const STEP = 0.02;
  const draw = (place) => {
    const figure = JSON.parse(place.getAttribute("data-figure"));
    return window.Plotly.newPlot(place, figure.data, figure.layout, { staticPlot: true, displayModeBar: false, responsive: false });
  };
  const fit = (body) => {
    let scale = 1;
    while (body.scrollHeight > body.clientHeight + 1 && scale > LEAST) {
      scale = Math.round((scale - STEP) * 100) / 100;
      body.style.setProperty("--fit", String(scale));
    }
    if (scale < 1) {
      body.dataset.fit = String(scale);
    }
  };
  const waiting = Array.from(document.querySelectorAll(".chart[data-figure]"));
  Promise.all(waiting.map(draw)).then(() => {
    if (window.matchMedia("(min-width: 50rem), print").matches) {
      document.querySelectorAll(".sheet-body").forEach(fit);
    }
    document.documentElement.dataset.drawn = "yes";
  });
})();
