// The picture of a card, saved or copied: a chart is drawn here with its title, subtitle, source and date written into it, so
// that it can travel; a table that is a chart comes as a picture from the server.
(function () {
  // The shape of a slide. Laid out small and drawn large, so that the letters of the axes can be read from the back of a room.
  const WIDE = 960, HIGH = 540, FINE = 2560 / 960, EDGE = 40;
  const INK = "#1a1f24", MUTED = "#505a5f";

  const wrap = (words, width) => {
    const lines = [""];
    words.split(/\s+/).filter(Boolean).forEach((word) => {
      const last = lines[lines.length - 1];
      if (last && (last + " " + word).length > width) {
        lines.push(word);
      } else {
        lines[lines.length - 1] = last ? last + " " + word : word;
      }
    });
    return lines;
  };
  const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  // What stands beside a chart on the page stands under it in the picture: a map's bands, what a mark means.
  const SIGNS = { range: ["\u25a0", "#a9c8e4"], break: ["\u250a", MUTED], better: ["\u25cb", "#12436d"], worse: ["\u25c7", "#b54a12"], other: ["\u25cb", MUTED] };
  const find_sign = (item) => {
    const swatch = item.querySelector(".swatch[data-color]");
    const key = item.querySelector(".range-key");
    const known = key && Object.keys(SIGNS).find((name) => key.classList.contains(name));
    return swatch ? ["\u25a0", swatch.dataset.color] : SIGNS[known] || ["", INK];
  };
  const read_legend = (card) =>
    Array.from(card.querySelectorAll(".legend li"), (item) => {
      const [sign, color] = find_sign(item);
      return `<span style="color:${color}">${sign}</span> ${escape(item.textContent.trim())}`;
    }).join("&nbsp;&nbsp;&nbsp;&nbsp;");
  const read_foot = (card) => {
    const text = (part) => (part ? part.textContent.trim() : "");
    const warnings = Array.from(card.querySelectorAll(".note"), text).filter((words) => words.startsWith("Low reliability"));
    const snapshot = document.querySelector(".page-footer p");
    return [...warnings, text(card.querySelector(".source")), snapshot ? snapshot.firstChild.textContent.trim() : "",
      location.origin + location.pathname + location.search].join(" ");
  };

  const make_figure = (card) => {
    // From the figure as it came, not as it is drawn: a picture that travels is in the light colours.
    const figure = JSON.parse(card.querySelector(".chart[data-figure]").getAttribute("data-figure"));
    const layout = figure.layout, margin = layout.margin || {};
    const text = (selector) => (card.querySelector(selector) || { textContent: "" }).textContent;
    const title = wrap(text("h2"), 78), subtitle = wrap(text(".subtitle"), 132), foot = wrap(read_foot(card), 172);
    const legend = read_legend(card);
    const above = 24 + title.length * 28 + subtitle.length * 19 + 20;
    const axis = Math.max(margin.b || 0, 50), below = axis + (legend ? 26 : 0) + foot.length * 15 + 16;
    const left = Math.max(margin.l || 0, EDGE + 12);
    const words = (lines, y, yshift, size, color, weight) => ({
      text: lines.join("<br>"), showarrow: false, xref: "paper", yref: "paper", x: 0, y: y, xanchor: "left", yanchor: "top",
      xshift: EDGE - left, yshift: yshift, align: "left", font: { size: size, color: color, weight: weight },
    });
    Object.assign(layout, { width: WIDE, height: HIGH, autosize: false, paper_bgcolor: "#ffffff",
      margin: Object.assign({}, margin, { t: above, b: below, l: left, r: Math.max(margin.r || 0, EDGE) }) });
    // The word across a made-up picture grows with it.
    (layout.annotations || []).filter((one) => one.name === "illustrative").forEach((one) => { one.font.size = 84; });
    layout.annotations = (layout.annotations || []).concat([
      words(title.map(escape), 1, above - 24, 22, INK, 700),
      words(subtitle.map(escape), 1, above - 24 - title.length * 28, 14, MUTED, 400),
      words([legend], 0, -axis, 13, INK, 400),
      words(foot.map(escape), 0, -axis - (legend ? 26 : 0), 11, MUTED, 400),
    ]);
    return { data: figure.data, layout: layout };
  };
  const name_file = (card, figure) => {
    const made_up = figure.layout.annotations.some((one) => one.name === "illustrative") ? "illustrative-" : "";
    return made_up + (card.id + "-" + location.pathname).replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
  };
  const save = (card, format) => window.asc.fetch_library().then((plotly) => {
    const figure = make_figure(card);
    return plotly.downloadImage(figure, { format: format, width: WIDE, height: HIGH, scale: format === "png" ? FINE : 1,
      filename: name_file(card, figure) });
  });

  const draw = (card) => window.asc.fetch_library()
    .then((plotly) => plotly.toImage(make_figure(card), { format: "png", width: WIDE, height: HIGH, scale: FINE }))
    .then((address) => {
      const bytes = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
      return new Blob([bytes], { type: "image/png" });
    });
  const ask = (link) => fetch(link.href).then((reply) => {
    if (!reply.ok) {
      throw new Error(`${link.href} answered ${reply.status}`);
    }
    return reply.blob();
  });
  const copy = (button, card) => {
    const link = card.querySelector("a[data-export$='.png']");
    const save_instead = link || card.querySelector(".download-image");
    // Whoever listens or uses the keyboard is put where the same picture can be had.
    const point = (words) => { save_instead.focus(); window.asc.say(words); };
    if (!navigator.clipboard || !navigator.clipboard.write || !window.ClipboardItem) {
      point("The browser does not let this page copy images. Download the image instead.");
      return;
    }
    window.asc.say("The image is being made.");
    let is_made = false;
    const made = (link ? ask(link) : draw(card)).then((blob) => { is_made = true; return blob; });
    // The promise is handed over at once: a browser that asks whether the reader wanted it asks about this press.
    navigator.clipboard.write([new ClipboardItem({ "image/png": made })]).then(
      () => { button.focus(); window.asc.say("Image copied. Paste it into a slide or an e-mail."); },
      (error) => {
        console.warn("image not copied:", card.id, error.message);
        made.catch(() => {}).then(() => point(is_made
          ? "The browser does not let this page copy images. Download the image instead."
          : "The image could not be made just now. Copy the table instead, or try again."));
      });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".download-image, .copy-image");
    const card = button && button.closest(".card");
    if (!card) {
      return;
    }
    if (button.matches(".copy-image")) {
      copy(button, card);
      return;
    }
    save(card, button.dataset.format || "png").then(() => window.asc.say("Image saved."), (error) => {
      console.warn("image not made:", card.id, error.message);
      window.asc.say("The image could not be made. Try again, or copy the table.");
    });
  });
})();
