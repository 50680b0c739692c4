// Ctrl+Enter in the box sends it; the box has the cursor where a page is nothing but the box.
(() => {
  "use strict";
  const box = document.querySelector("form.paste textarea");
  if (!box) return;
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); box.form.requestSubmit(); }
  });
  if (location.pathname.endsWith("/paste/") && !box.value) box.focus();
})();
