// The briefing basket: cards that a reader collects, kept in this browser alone. Each is a snapshot, a view and the address
// of its page; the server reads them from the address of the pack (dashboard/briefing/request.py) and trusts none.
(function () {
  const KEY = "asc-briefing";
  const MOST = 12;
  const LONGEST = 3600; // what the server takes as one address

  const is_card = (one) => one && ["snapshot", "view", "page", "title"].every((name) => typeof one[name] === "string");
  const read = () => {
    try {
      const held = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(held) ? held.filter(is_card).slice(0, MOST) : [];
    } catch (error) {
      return []; // no storage, or something else's words in it
    }
  };
  const write_address = (cards) => {
    let before = "";
    const entries = cards.map((card) => {
      const named = card.snapshot === before ? "" : card.snapshot;
      before = card.snapshot;
      return [named, card.view, card.page.replaceAll("|", "%7C")].join(":");
    });
    return "/briefing?cards=" + encodeURIComponent(entries.join("|")).replaceAll("%2F", "/").replaceAll("%3A", ":");
  };
  const write = (cards) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(cards));
    } catch (error) {
      window.asc.say("This browser does not let the page remember charts, so none can be collected.");
      return false;
    }
    show();
    return true;
  };
  const count = (cards) => `${cards.length} ${cards.length === 1 ? "chart" : "charts"}`;
  const is_here = () => location.pathname === "/briefing" && new URLSearchParams(location.search).has("cards");

  const button = (words, what, place, title) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link-button";
    made.textContent = words;
    made.dataset.basket = what;
    made.dataset.place = String(place);
    made.setAttribute("aria-label", `${words}: ${title}`);
    return made;
  };
  const show_list = (cards) => {
    const list = document.getElementById("basket-cards");
    if (!list) {
      return;
    }
    list.replaceChildren(...cards.map((card, place) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = card.page + "#card-" + card.view;
      link.textContent = card.title;
      item.append(link);
      if (place > 0) {
        item.append(button("Move up", "up", place, card.title));
      }
      if (place < cards.length - 1) {
        item.append(button("Move down", "down", place, card.title));
      }
      item.append(button("Remove", "remove", place, card.title));
      return item;
    }));
    document.getElementById("basket-show").href = cards.length ? write_address(cards) : "/briefing";
  };
  const show = () => {
    const cards = read();
    document.querySelectorAll('header nav a[href="/briefing"]').forEach((link) => {
      if (cards.length) {
        link.dataset.count = String(cards.length);
      } else {
        delete link.dataset.count;
      }
    });
    show_list(cards);
  };

  const add = (card) => {
    const cards = read();
    if (cards.some((one) => one.snapshot === card.snapshot && one.view === card.view && one.page === card.page)) {
      window.asc.say(`This chart is in the briefing already: ${count(cards)}.`);
    } else if (cards.length >= MOST || write_address([...cards, card]).length > LONGEST) {
      window.asc.say(`The briefing is full with ${count(cards)}. Remove one on the page “Briefing” first.`);
    } else if (write([...cards, card])) {
      window.asc.say(`Added to the briefing: ${count([...cards, card])}. See the page “Briefing”.`);
    }
  };
  const change = (what, place) => {
    const cards = read();
    const [card] = cards.splice(place, 1);
    const target = { up: place - 1, down: place + 1 }[what];
    if (card && target !== undefined) {
      cards.splice(target, 0, card);
    }
    if (!card || !write(cards)) {
      return;
    }
    const near = target === undefined ? Math.min(place, cards.length - 1) : target;
    const again = document.querySelector(`[data-basket="${what}"][data-place="${near}"]`) || document.querySelector(`[data-basket][data-place="${near}"]`);
    if (again) {
      again.focus();
    }
    window.asc.say(target === undefined ? `Removed: ${card.title}.` : `Moved to place ${target + 1} of ${cards.length}: ${card.title}.`);
    if (is_here()) { // the pack on the page follows its list
      window.asc.go(cards.length ? write_address(cards) : "/briefing");
    }
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".add-to-briefing, [data-basket], .basket-empty");
    if (!pressed) {
      return;
    }
    if (pressed.matches("[data-basket]")) {
      change(pressed.dataset.basket, Number(pressed.dataset.place));
    } else if (pressed.matches(".basket-empty")) {
      if (write([])) {
        window.asc.say("The briefing is empty.");
        document.querySelector("h1").focus();
      }
      if (is_here()) {
        window.asc.go("/briefing");
      }
    } else {
      const card = pressed.closest(".card");
      add({
        snapshot: pressed.dataset.snapshot,
        view: card.id.replace("card-", ""),
        page: location.pathname + location.search,
        title: card.querySelector("h2").textContent,
      });
    }
  });
  ["asc:filled", "asc:early-gone"].forEach((what) => document.addEventListener(what, show));
  window.addEventListener("storage", (event) => event.key === KEY && show());
})();
