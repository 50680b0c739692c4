// Moving through a text by keyboard: j and k between provisions, n to what is open, e to edit, ? for help. Nothing happens while typing.
(() => {
  const provisions = () => [...document.querySelectorAll("#text .prov")];
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  const here = () => document.activeElement.closest(".prov");
  const go = (to) => {
    if (!to) return;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center" });
  };
  const step = (by) => {
    const all = provisions();
    const at = all.indexOf(here());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };
  const next = () => {
    const open = provisions().filter((one) => one.querySelector(".note--stop, .note--care"));
    const all = provisions();
    const at = all.indexOf(here());
    go(open.find((one) => all.indexOf(one) > at) || open[0]);
  };
  const language = (number) => {
    const input = document.getElementById(`text-pick-${number}`);
    if (input) input.checked = true;
  };
  const commands = {
    j: () => step(1),
    k: () => step(-1),
    n: next,
    e: () => here()?.querySelector("a.edit")?.click(),
    "1": () => language(1),
    "2": () => language(2),
    "3": () => language(3),
    "?": () => document.getElementById("keyhelp")?.togglePopover(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.id?.startsWith("edit-")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const command = commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });
  // A provision that has just been opened for editing takes the cursor; one that was saved takes the focus back. At once, and only if nobody
  // has it: taken a moment later, it would carry what is typed meanwhile into another field.
  document.addEventListener("htmx:afterSwap", ({ target: row }) => {
    if (row.matches?.(".prov") && [document.body, row].includes(document.activeElement)) (row.querySelector("textarea[form]") || row).focus();
  });
})();
