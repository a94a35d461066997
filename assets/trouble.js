// What is slow shows that it is under way; what fails says so. Both by watching what Dash asks the server.
(function () {
  const PATIENCE = 250;
  const ask = window.fetch.bind(window);
  let under_way = 0;
  let slow = 0;

  const main = () => document.querySelector("#react-entry-point main");
  const show_progress = (is_slow) => {
    document.getElementById("progress").hidden = !is_slow;
    if (main()) {
      main().setAttribute("aria-busy", String(is_slow));
    }
  };
  const begin = () => {
    under_way += 1;
    if (under_way === 1) {
      slow = setTimeout(() => show_progress(true), PATIENCE);
    }
  };
  const end = () => {
    under_way -= 1;
    if (under_way === 0) {
      clearTimeout(slow);
      show_progress(false);
    }
  };

  const tell = (words) => {
    const place = document.getElementById("trouble");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain-button try-again";
    button.textContent = "Try again";
    const said = document.createElement("p");
    said.textContent = words;
    place.replaceChildren(said, button);
  };
  const calm = () => document.getElementById("trouble").replaceChildren();

  window.fetch = (what, ...more) => {
    if (!/\/_dash-(update-component|layout|dependencies)/.test(typeof what === "string" ? what : what.url || String(what))) {
      return ask(what, ...more);
    }
    begin();
    return ask(what, ...more).then(
      (reply) => {
        end();
        if (reply.status >= 500) {
          tell("The server could not draw this page. What stands below may be the page before.");
        } else if (reply.ok) {
          calm();
        }
        return reply;
      },
      (error) => {
        end();
        if (error.name !== "AbortError") {
          tell("The server cannot be reached. What stands below may be the page before.");
        }
        throw error;
      },
    );
  };

  // The page is loaded anew only once the server answers: the browser's own error page would lose what can still be read.
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".try-again")) {
      return;
    }
    ask(location.href, { method: "HEAD", cache: "no-store" }).then(
      (reply) => (reply.status < 500 ? location.reload() : tell("Still no: the server cannot draw this page. Try again in a few minutes.")),
      () => tell("Still no answer from the server. Check the connection, or try again in a few minutes."),
    );
  });
})();
