// An address may name a place on its page (#card-ranking): the place is shown when the page has come.
(function () {
  let shown = "";
  document.addEventListener("asc:filled", () => {
    const address = location.pathname + location.search + location.hash;
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place && shown !== address) {
      shown = address;
      requestAnimationFrame(() => place.scrollIntoView());
    }
  });
})();
