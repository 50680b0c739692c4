// Explanations open when their button is pointed at or reached by keyboard, too; pressing it works without this script.
for (const button of document.querySelectorAll("button[data-opens]")) {
  const pop = document.getElementById(button.getAttribute("popovertarget"));
  if (!pop?.showPopover) continue;
  let leaving = 0;
  const open = () => {
    clearTimeout(leaving);
    if (!pop.matches(":popover-open")) pop.showPopover({ source: button });
  };
  const close = () => {
    leaving = setTimeout(() => pop.matches(":popover-open") && pop.hidePopover(), 200);
  };
  button.addEventListener("mouseenter", open);
  button.addEventListener("mouseleave", close);
  pop.addEventListener("mouseenter", () => clearTimeout(leaving));
  pop.addEventListener("mouseleave", close);
  button.addEventListener("focus", () => button.matches(":focus-visible") && open());
  button.addEventListener("blur", (event) => pop.contains(event.relatedTarget) || close());
}
