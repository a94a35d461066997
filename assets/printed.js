// A document on its way to the printer: charts are drawn at once, then sheets are fitted. Loaded by printed documents
// alone (dashboard/briefing/document.py), not by the pages.
(function () {
  const draw = (place) => {
    const figure = JSON.parse(place.getAttribute("data-figure"));
    return window.Plotly.newPlot(place, figure.data, figure.layout, { staticPlot: true, displayModeBar: false, responsive: false });
  };
  Promise.all(Array.from(document.querySelectorAll(".chart[data-figure]"), draw)).then(() => {
    window.asc.fit_sheets(document);
    document.documentElement.dataset.drawn = "yes";
  });
})();
