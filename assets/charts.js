// Charts: each is drawn from the figure that came with the page, when it comes near the window.
(function () {
  // Zooming and panning are off: they trap a phone's scrolling, and the table holds every number.
  const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  const NEAR = "600px";
  const SPARE = 4000;
  let library = null;

  // plotly.js is the largest file by far: fetched once, late, and only by a page with a chart.
  const fetch_library = () => {
    library = library || new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = document.querySelector("[data-plotly]").getAttribute("data-plotly");
      script.fetchPriority = "high"; // nothing else is waited for by then
      script.onload = () => done(window.Plotly);
      script.onerror = () => {
        library = null; // the next chart asks again
        failed(new Error(`${script.src} could not be fetched`));
      };
      document.head.append(script);
    });
    return library;
  };

  // The palette of dashboard/figures/theme.py in the colours of the other themes (assets/themes.css).
  const PAINT = {
    dark: {
      "#12436D": "#9CCBF5", "#28A197": "#4CC9BD", "#801650": "#F08CC0", "#F46A25": "#F58A52", "#B54A12": "#F6A77C", "#1B6F68": "#6FD6CC",
      "#BFBFBF": "#5F6870", "#E6E8EB": "#333B43", "#1A1F24": "#E8EAED", "#505A5F": "#B3BAC0", "#FFFFFF": "#14181C", "#F1F1EF": "#2A2F34",
      "#D9E6F2": "#1F3346", "#A9C8E4": "#2B5379", "#6BACE6": "#3B76AC", "#2073BC": "#5F9FD6",
    },
    contrast: { "#BFBFBF": "#6E767C", "#E6E8EB": "#9AA1A7", "#1A1F24": "#000000", "#505A5F": "#1A1F24", "#12436D": "#00315C", "#B54A12": "#8A3000" },
  };
  const to_hex = (...parts) => "#" + parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("").toUpperCase();
  const to_parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)).join(",");
  const paint = (text) => {
    const paints = PAINT[document.documentElement.dataset.theme];
    if (!paints) {
      return text;
    }
    return text
      .replace(/#[0-9a-f]{6}\b/gi, (color) => paints[color.toUpperCase()] || color)
      // A shade that is seen through keeps how much of it is: the same colour of the palette, painted alike.
      .replace(/rgba\((\d+), ?(\d+), ?(\d+),/g, (all, ...parts) => {
        const painted = paints[to_hex(...parts.slice(0, 3))];
        return painted ? `rgba(${to_parts(painted)},` : all;
      });
  };
  const read_figure = (place) => JSON.parse(paint(place.getAttribute("data-figure")));

  const draw = (place) => {
    place.dataset.drawn = "wanted";
    return fetch_library().then((plotly) => {
      if (!place.isConnected) {
        return;
      }
      const figure = read_figure(place);
      const failed = place.querySelector(".chart-failed");
      if (failed) {
        failed.remove();
      }
      return plotly.react(place, figure.data, figure.layout, CONFIG).then(() => {
        place.dataset.drawn = "yes";
        performance.mark(`asc:drawn:${place.id}`);
      });
    }).catch((error) => {
      console.warn("chart not drawn:", place.id, error.message);
      place.dataset.drawn = "failed";
      place.innerHTML = '<p class="chart-failed">The chart could not be drawn. The table has the numbers.</p>';
    });
  };

  const near = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      near.unobserve(entry.target);
      if (!entry.target.dataset.drawn) {
        draw(entry.target);
      }
    });
  }, { rootMargin: NEAR });

  // A page may be printed before anyone has scrolled to its charts; then there is no time left to fetch what draws them.
  let ahead = 0;
  document.addEventListener("asc:filled", (event) => {
    const places = event.detail.querySelectorAll(".chart[data-figure]:not([data-drawn])");
    places.forEach((place) => near.observe(place));
    if (places.length && !library) {
      clearTimeout(ahead);
      ahead = setTimeout(() => fetch_library().catch(() => {}), SPARE);
    }
  });
  const draw_waiting = () => document.querySelectorAll(".chart[data-figure]:not([data-drawn])").forEach(draw);
  window.addEventListener("beforeprint", draw_waiting);
  // The swatches beside a chart have its colours.
  const paint_swatches = (root) => root.querySelectorAll(".swatch[style]").forEach((swatch) => {
    swatch.dataset.style = swatch.dataset.style || swatch.getAttribute("style");
    swatch.setAttribute("style", paint(swatch.dataset.style));
  });
  document.addEventListener("asc:filled", (event) => paint_swatches(event.detail));
  document.addEventListener("asc:theme", () => {
    document.querySelectorAll(".chart[data-drawn]").forEach(draw);
    paint_swatches(document);
  });

  // The document has its charts before Dash comes: those in sight are drawn first, and start.js waits for them.
  const draw_in_sight = () => {
    const places = Array.from(document.querySelectorAll("#early .chart[data-figure]"));
    const tops = places.map((place) => place.getBoundingClientRect().top);
    const in_sight = places.filter((place, order) => tops[order] < window.innerHeight);
    places.forEach((place) => near.observe(place));
    paint_swatches(document);
    return Promise.all(in_sight.map(draw)).then(() => in_sight.length);
  };

  window.asc = Object.assign(window.asc || {}, {
    draw_in_sight: draw_in_sight,
    fetch_library: fetch_library,
    paint: paint,
    read_figure: read_figure,
    draw_waiting: draw_waiting,
  });
})();
