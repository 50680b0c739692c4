// Rows are added, moved and removed without leaving the page. Without this script the same buttons send the form.
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest('form#act button[name="show"]:not([value="read"])');
  if (!button) return;
  const form = button.form, data = new FormData(form);
  event.preventDefault();
  data.append("show", button.value);
  for (const input of form.querySelectorAll('input[type="file"]')) data.delete(input.name);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "rows" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), rows = page.querySelector("#rows");
    if (!rows) throw new Error("no rows");
    document.querySelector("#rows").replaceWith(rows);
    for (const name of ["draft", "revision"]) {
      const here = form.elements.namedItem(name), there = page.querySelector(`#act [name="${name}"]`);
      if (here && there) here.value = there.value;
    }
    const [verb, place] = button.value.split("-"), step = { up: -1, down: 1 }[verb] ?? 0;
    const next = verb === "add" ? [...document.querySelectorAll("#rows fieldset.rowed")].pop()?.querySelector('input[type="text"]')
      : document.querySelector(`#rows button[value="${verb}-${Number(place) + step}"]`) ?? document.querySelector(`#rows button[value="${button.value}"]`);
    (next ?? document.querySelector("#rows button, #rows input:not([type=hidden])"))?.focus();
  } catch {
    const send = document.createElement("input");
    Object.assign(send, { type: "hidden", name: "show", value: button.value });
    form.append(send);
    form.submit();
  }
});
