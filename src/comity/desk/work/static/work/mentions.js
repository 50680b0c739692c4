// @name completes to a colleague's name for signing in. Without this script the name is simply typed.
for (const field of document.querySelectorAll("textarea[data-mentions]")) {
  const people = [...document.getElementById(field.dataset.mentions).options].map((o) => ({ name: o.value, full: o.text }));
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = `${field.id}-people`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  list.hidden = true;
  field.after(list);
  let found = [], at = 0;

  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const typed = () => /(?:^|[^A-Za-z0-9.])@([^\s@]*)$/.exec(field.value.slice(0, field.selectionStart));
  const choose = (person) => {
    const said = typed();
    if (!said) return close();
    const start = field.selectionStart - said[1].length;
    field.setRangeText(`${person.name} `, start, field.selectionStart, "end");
    close();
    field.focus();
  };
  const show = () => {
    const said = typed();
    const begin = said ? said[1].toLowerCase() : null;
    found = begin === null ? [] : people.filter((p) => p.name.toLowerCase().startsWith(begin) || p.full.toLowerCase().includes(begin));
    if (!found.length) return close();
    at = Math.min(at, found.length - 1);
    list.replaceChildren(
      ...found.map((person, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", String(index === at));
        item.textContent = `@${person.name} · ${person.full}`;
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(person);
        });
        return item;
      }),
    );
    list.hidden = false;
    field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };

  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", () => {
    at = 0;
    show();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      show();
    } else if (event.key === "Enter" || event.key === "Tab") {
      choose(found[at]);
    } else if (event.key === "Escape") {
      close();
    } else return;
    event.preventDefault();
  });
}
