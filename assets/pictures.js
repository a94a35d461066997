// "Download image", as PNG or SVG: the chart with its title, subtitle and source written into the picture, so that it can travel.
document.addEventListener("click", function (event) {
  const button = event.target.closest(".download-image");
  if (!button) {
    return;
  }
  const card = button.closest(".card");
  // From the figure as it came, not as it is drawn: a picture that travels is in the light colours.
  const plot = JSON.parse(card.querySelector(".chart[data-figure]").getAttribute("data-figure"));
  const text = (selector) => (card.querySelector(selector) || { textContent: "" }).textContent;
  const wrap = (words, width) =>
    words.replace(new RegExp("(.{1," + width + "})(?:\\s+|$)", "g"), "$1<br>").replace(/<br>$/, "");
  const size = { width: 1200, height: 720 };
  const source = text(".source") + " " + (document.querySelector(".page-footer p") || card).firstChild.textContent;
  // A map's bands stand beside it on the page; in the picture they go under it.
  const legend = Array.from(card.querySelectorAll(".legend li"))
    .map((band) => {
      const color = band.querySelector(".swatch").dataset.color;
      return '<span style="color:' + color + '">\u25a0</span> ' + band.textContent;
    })
    .join("    ");
  const layout = plot.layout;
  const margin = layout.margin || {};
  layout.width = size.width;
  layout.height = size.height;
  layout.paper_bgcolor = "#ffffff";
  layout.margin = Object.assign({}, margin, { t: 124, b: 112, l: Math.max(margin.l || 0, 60), r: Math.max(margin.r || 0, 40) });
  const words = (what, y, yanchor, fontSize, color, weight) => ({
    text: what, showarrow: false, xref: "paper", yref: "paper", x: 0, y: y, xanchor: "left", yanchor: yanchor,
    align: "left", font: { size: fontSize, color: color, weight: weight },
  });
  // The word across a made-up picture grows with it.
  (layout.annotations || [])
    .filter((one) => one.name === "illustrative")
    .forEach((one) => (one.font.size = 110));
  layout.annotations = (layout.annotations || []).concat([
    Object.assign(words(wrap(text("h2"), 80), 1, "top", 26, "#1a1f24", 700), { yshift: 112 }),
    Object.assign(words(wrap(text(".subtitle"), 120), 1, "top", 17, "#505a5f", 400), { yshift: 72 }),
    Object.assign(words(legend, 0, "top", 15, "#1a1f24", 400), { yshift: -14 }),
    Object.assign(words(wrap(source, 140), 0, "top", 14, "#505a5f", 400), { yshift: -48 }),
  ]);
  const made_up = layout.annotations.some((one) => one.name === "illustrative") ? "illustrative-" : "";
  const name = made_up + (card.id + "-" + window.location.pathname).replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
  const format = button.dataset.format || "png";
  const picture = Object.assign({ format: format, scale: format === "png" ? 2 : 1, filename: name }, size);
  window.asc.fetch_library()
    .then((plotly) => plotly.downloadImage({ data: plot.data, layout: layout }, picture))
    .then(() => window.asc.say("Image saved."), () => window.asc.say("The image could not be made. Try again, or copy the table."));
});
