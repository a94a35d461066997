// What the area picker finds: an area by its name, another name of it, or its ONS code. What is just what was typed comes before
// what begins with it, that before what has a word that does, and that before what holds it anywhere: "du" is Dudley, then
// County Durham, and "york" is York, then Yorkshire and The Humber.
(function () {
  const plain = (words) => words.toLowerCase().replace(/&/g, "and").replace(/[^a-z0-9 ]+/g, " ").replace(/\s+/g, " ").trim();

  const place_of = (name, wanted) => {
    const words = plain(name);
    const tests = [words === wanted, words.startsWith(wanted), ` ${words}`.includes(` ${wanted}`), words.includes(wanted)];
    const place = tests.indexOf(true);
    return place < 0 ? Infinity : place;
  };

  const find_areas = ({ options, search }) => {
    const wanted = plain(search);
    const by_place = (one, other) => one.place - other.place; // sorting is stable: the order given stays within a place
    return options
      .map((group) => {
        const found = group.items
          .map((item) => ({ item, place: Math.min(...[item.label].concat(item.known || []).map((name) => place_of(name, wanted))) }))
          .filter((one) => one.place < Infinity)
          .sort(by_place);
        return { group, found, place: found.length ? found[0].place : Infinity };
      })
      .filter((one) => one.found.length)
      .sort(by_place)
      .map((one) => Object.assign({}, one.group, { items: one.found.map((each) => each.item) }));
  };

  window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, { find_areas: find_areas });
})();
