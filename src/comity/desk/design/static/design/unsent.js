// What a page sends by itself may be refused or never arrive. That is said at the foot of the page until something arrives again;
// what was typed stays where it is. A question that the page repeats by itself (progress) is not spoken of.
(() => {
  const note = document.getElementById("unsent");
  const failed = ({ detail }) => {
    if (detail.requestConfig.verb !== "get" || detail.elt.matches("a, button")) note.hidden = false;
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.isError) note.hidden = true;
  });
})();
