// Draws the charts of a picture's page. One chart by itself takes what room there is in the shape of a slide.
(function () {
  const LOWEST = 260;
  const card = document.querySelector("section.card");
  const places = Array.from(document.querySelectorAll(".chart[data-figure]"));
  const least = Math.round(window.innerWidth * 9 / 16);
  const spare = least - card.offsetHeight;
  places.forEach((place) => {
    const figure = JSON.parse(place.dataset.figure);
    if (places.length === 1) {
      place.style.height = Math.max(place.offsetHeight + spare, LOWEST) + "px";
    }
    const size = { width: place.clientWidth, height: place.clientHeight, autosize: false };
    window.Plotly.newPlot(place, figure.data, Object.assign(figure.layout, size), { staticPlot: true });
  });
  card.style.minHeight = least + "px";
})();
