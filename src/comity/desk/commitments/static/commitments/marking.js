// Selecting words in a provision puts exactly these words into the field of its language. Without this script they are copied by hand.
(() => {
  "use strict";
  for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
  const take = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const within = range.commonAncestorContainer;
    const holder = (within.nodeType === Node.TEXT_NODE ? within.parentElement : within).closest("[data-provision]");
    if (!holder) return;
    const field = document.querySelector(`textarea[data-words="${CSS.escape(holder.dataset.provision)}"]`);
    const words = range.toString().trim();
    if (!field || !words) return;
    field.value = words;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const provision of document.querySelectorAll("[data-provision]")) {
    provision.tabIndex = 0;
    provision.addEventListener("mouseup", take);
    provision.addEventListener("keyup", take);
  }
})();
