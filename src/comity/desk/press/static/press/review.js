// The review by keyboard. Every key presses a button or follows a link that is there without it.
(() => {
  "use strict";
  document.documentElement.classList.add("has-script");
  let keys = 0, since = Date.now();

  const all = () => [...document.querySelectorAll(".prop")];
  const selected = () => document.querySelector(".prop.is-on");
  const button = (selector) => selected()?.querySelector(selector);

  // Beside the proposals, the article scrolls by itself; above them, on a narrow screen, the proposal stays in view.
  const show = (part) => {
    const article = part?.closest(".press > article");
    if (!article || article.scrollHeight <= article.clientHeight || getComputedStyle(article).overflowY === "visible") return;
    const box = article.getBoundingClientRect(), at = part.getBoundingClientRect();
    if (at.top < box.top + 24 || at.bottom > Math.min(box.bottom, innerHeight) - 24) article.scrollBy(0, at.top - box.top - article.clientHeight / 3);
  };

  const select = (prop, move = true) => {
    if (!prop) return;
    for (const one of all()) {
      one.classList.toggle("is-on", one === prop);
      one.toggleAttribute("aria-current", one === prop);
      if (one === prop) one.setAttribute("aria-current", "true");
    }
    const label = prop.dataset.label;
    for (const part of document.querySelectorAll(".hl[data-p]")) part.classList.toggle("is-on", part.dataset.p.split(" ").includes(label));
    if (move) {
      prop.focus({ preventScroll: true });
      prop.scrollIntoView({ block: "nearest" });
      show(document.querySelector(".article .hl.is-on"));
    }
  };

  const step = (by) => {
    const props = all();
    if (!props.length) return;
    const at = props.indexOf(selected());
    const open = props.map((p, i) => i).filter((i) => props[i].dataset.open === "yes");
    const among = open.length ? open : props.map((p, i) => i);
    const next = by > 0 ? among.find((i) => i > at) ?? among[0] : [...among].reverse().find((i) => i < at) ?? among.at(-1);
    select(props[next]);
  };

  const bulk = () => {
    const asked = document.getElementById("bulk");
    if (!asked) return;
    asked.open = true;
    asked.querySelector("button").focus();
  };

  const closeEdit = () => {
    const form = document.querySelector(".editing");
    if (!form) return;
    const prop = form.closest(".prop");
    form.remove();
    prop?.focus();
  };

  const acts = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    a: () => button('button[value="accept"]')?.click(),
    r: () => button('button[value="reject"]')?.click(),
    e: () => button('[data-act="edit"]')?.click(),
    u: () => document.querySelector('[data-act="undo"]')?.click(),
    A: bulk,
    "?": () => document.getElementById("keys-help")?.togglePopover(),
  };

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector(".press") || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    keys += 1;
    if (event.key === "Escape") closeEdit();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea")) return;
    const act = acts[event.shiftKey && event.key !== "?" ? event.key : event.key.length === 1 && event.key !== "?" ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    if (event.isTrusted && event.detail > 0) keys += 1;
    if (event.target.closest('a[href="#d-date"]')) document.querySelector("details.about").open = true;
    const part = event.target.closest(".hl[data-p]"), close = event.target.closest('[data-act="close"]');
    if (part) { event.preventDefault(); select(document.getElementById(part.getAttribute("href").slice(1))); }
    else if (close && close.closest(".prop")) { event.preventDefault(); closeEdit(); }
    else if (!event.target.closest("a, button, input, select, textarea, summary")) {
      const prop = event.target.closest(".prop");
      if (prop) select(prop, false);
    } else if (event.target.closest(".prop > .id")) select(event.target.closest(".prop"));
  });

  const spent = (parameters) => {
    parameters.set ? parameters.set("keys", String(Math.max(keys, 1))) : (parameters.keys = String(Math.max(keys, 1)));
    const seconds = String(Math.round((Date.now() - since) / 1000));
    parameters.set ? parameters.set("seconds", seconds) : (parameters.seconds = seconds);
  };

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") spent(event.detail.formData ?? event.detail.parameters);
  });
  // after it has settled: until then htmx leaves elements of the same id as they were, with the old one selected
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "review" || event.detail.target.closest?.("#review") === null) { keys = 0; since = Date.now(); }
    if (!event.detail.target.classList.contains("prop__edit") && selected()) select(selected());
  });
  // What is opened for editing takes the cursor at once: a moment later, it would carry what is typed meanwhile into another field.
  document.addEventListener("htmx:afterSwap", ({ target: place }) => {
    if (!place.matches?.(".prop__edit") || place.contains(document.activeElement)) return;
    place.querySelector(".editing :is(input:not([type=hidden]), select, textarea)")?.focus();
  });

  const start = document.getElementById(location.hash.replace(/^#[pt]-/, "p-").slice(0));
  if (start?.classList.contains("prop")) select(start, false);
  else if (selected()) select(selected(), false);
})();
