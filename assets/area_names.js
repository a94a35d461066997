// What the area picker finds: an area by its name, another name of it, or its ONS code.
window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, {
  find_areas: ({ options, search }) => {
    const plain = (words) => words.toLowerCase().replace(/&/g, "and").replace(/[^a-z0-9 ]+/g, " ").replace(/\s+/g, " ").trim();
    const wanted = plain(search);
    const fits = (option) => [option.label].concat(option.known || []).some((name) => plain(name).includes(wanted));
    return options
      .map((group) => Object.assign({}, group, { items: group.items.filter(fits) }))
      .filter((group) => group.items.length);
  },
});
