// Files may be dropped anywhere into the frame.
(() => {
  "use strict";
  const frame = document.getElementById("drop");
  const input = document.getElementById("id_files");
  const said = document.getElementById("drop-said");
  if (!frame || !input) return;
  const stop = (event, over) => { event.preventDefault(); frame.classList.toggle("drop--over", over); };
  frame.addEventListener("dragover", (event) => stop(event, true));
  frame.addEventListener("dragleave", (event) => stop(event, false));
  frame.addEventListener("drop", (event) => {
    stop(event, false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      said.textContent = [...input.files].map((file) => file.name).join(", ");
    }
  });
})();
