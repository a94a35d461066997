// Charts with grey lines behind: the line of a name that is pointed at, reached by keyboard or pressed comes forward with its
// name beside it, and so does the line under the pointer. Pressed, it stays until another one is, or it is pressed again.
(function () {
  const BEHIND = "behind";
  const LABEL = "focus";
  const chart_of = (part) => part.closest(".card").querySelector(".chart");
  const pressed_in = (card) => (card.querySelector(".focus [aria-pressed='true']") || { dataset: {} }).dataset.line || "";
  // In the colours of the theme, as the chart's own are.
  const colors = () => JSON.parse(window.asc.paint(JSON.stringify({ line: "#12436D", grey: "#BFBFBF" })));

  // The name stands at the line's highest point; on a scale that ends at 100% at its lowest, where there is room.
  const make_label = (trace, layout, color) => {
    const places = [...trace.y.keys()].filter((place) => trace.y[place] !== null && trace.y[place] !== undefined);
    if (!places.length) {
      return [];
    }
    const is_share = layout.yaxis.ticksuffix === "%" && layout.yaxis.range[1] <= 101;
    const better = (one, other) => (is_share ? trace.y[other] < trace.y[one] : trace.y[other] > trace.y[one]);
    const at = places.reduce((one, other) => (better(one, other) ? other : one));
    return [{
      name: LABEL, text: trace.name, x: trace.x[at], y: trace.y[at], xref: "x", yref: "y", showarrow: false,
      xanchor: at < trace.y.length / 2 ? "left" : "right", yanchor: is_share ? "top" : "bottom",
      font: { color: color, size: 14, weight: 700 },
    }];
  };

  const bring_forward = (chart, name) => {
    if (!chart || (chart.dataset.forward || "") === name) {
      return;
    }
    chart.dataset.forward = name;
    if (chart.dataset.drawn !== "yes") {
      return; // it is being drawn; what is to be forward is read when it is there
    }
    const behind = [...chart.data.keys()].filter((place) => chart.data[place].meta === BEHIND);
    const is_on = (place) => chart.data[place].name === name;
    const color = colors();
    const chosen = behind.find(is_on);
    const kept = (chart.layout.annotations || []).filter((one) => one.name !== LABEL);
    const label = chosen === undefined ? [] : make_label(chart.data[chosen], chart.layout, color.line);
    window.Plotly.update(chart, {
      "line.color": behind.map((place) => (is_on(place) ? color.line : color.grey)),
      "line.width": behind.map((place) => (is_on(place) ? 3 : 1)),
    }, { annotations: kept.concat(label) }, behind);
  };

  const say = (button, text) => { button.closest(".focus").querySelector(".said-line").textContent = text; };
  const rest = (part) => bring_forward(chart_of(part), pressed_in(part.closest(".card")));

  ["pointerover", "focusin"].forEach((kind) => document.addEventListener(kind, (event) => {
    const button = event.target.closest && event.target.closest(".focus button");
    if (button) {
      bring_forward(chart_of(button), button.dataset.line);
    }
  }));
  ["pointerout", "focusout"].forEach((kind) => document.addEventListener(kind, (event) => {
    const button = event.target.closest && event.target.closest(".focus button");
    if (button) {
      rest(button);
    }
  }));
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".focus button");
    if (!button) {
      return;
    }
    const is_on = button.getAttribute("aria-pressed") === "true";
    button.closest(".focus").querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", "false"));
    button.setAttribute("aria-pressed", String(!is_on));
    say(button, is_on ? "" : button.dataset.said);
    bring_forward(chart_of(button), is_on ? "" : button.dataset.line);
  });

  // A chart drawn anew, in another theme say, has lost what was brought forward.
  new MutationObserver((changes) => changes.forEach((change) => {
    const chart = change.target;
    if (chart.dataset.drawn !== "yes" || !chart.closest(".card") || !chart.closest(".card").querySelector(".focus")) {
      return;
    }
    if (!chart.dataset.heard) {
      chart.dataset.heard = "yes";
      chart.on("plotly_hover", (event) => {
        const line = event.points[0].data;
        if (line.meta === BEHIND) {
          bring_forward(chart, line.name);
        }
      });
      chart.on("plotly_unhover", () => rest(chart));
    }
    const name = chart.dataset.forward || pressed_in(chart.closest(".card"));
    chart.dataset.forward = "";
    bring_forward(chart, name);
  })).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
})();
