// Dash starts once the charts in sight are drawn: figures first, then controls. Its scripts were fetched meanwhile.
(function () {
  const PATIENCE = 5000; // charts that take longer do not keep the controls waiting
  const wanted = Array.from(document.querySelectorAll("template[data-script]"), (one) => one.getAttribute("src"));
  if (!wanted.length) {
    return;
  }
  const run = () => {
    const scripts = wanted.map((address) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false; // in this order
      document.body.append(script);
      return script;
    });
    scripts.at(-1).addEventListener("load", () => { window.renderer = new window.DashRenderer(); });
  };
  const drawn = window.asc.draw_in_sight();
  Promise.race([drawn, new Promise((done) => { setTimeout(done, PATIENCE); })]).then((count) => {
    if (count && !document.hidden) {
      requestAnimationFrame(() => setTimeout(run)); // the charts are on the screen before anything else is done
    } else {
      run();
    }
  });
})();
