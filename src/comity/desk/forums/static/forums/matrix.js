// The clustered matrix on a canvas: as large as it needs to be, each cell told where one points at it, and opened by a click.
(() => {
  "use strict";
  const place = document.querySelector("[data-matrix]");
  if (!place) return;
  const data = JSON.parse(document.getElementById(place.dataset.matrix).textContent);
  const says = document.getElementById(place.dataset.says);
  const plot = place.querySelector(".fig__plot");
  const count = data.names.length;
  if (!count) return;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  const accent = style.getPropertyValue("--accent").trim() || "#0f4f4a";
  const base = [1, 3, 5].map((k) => parseInt(accent.slice(k, k + 2), 16));
  const shade = (part) => `rgb(${base.map((x) => Math.round(255 + (x - 255) * part)).join(",")})`;
  const said = (value) => value.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const font = `${style.fontFamily || "sans-serif"}`;
  const room = Math.max(280, plot.clientWidth);
  const named = count <= 90;
  const below = count <= 40; // names under the columns too, turned
  pen.font = `11px ${font}`;
  const left = named ? Math.min(160, 8 + Math.max(...data.names.map((n) => pen.measureText(n).width))) : 0;
  const step = Math.max(3, Math.min(26, (room - left) / count));
  const fine = window.devicePixelRatio || 1;
  const wide = left + Math.max(step * count, 5 * 36); // the key of shades needs its room
  canvas.width = wide * fine;
  const foot = below ? Math.min(120, 8 + Math.max(...data.names.map((n) => pen.measureText(n).width))) : 4;
  const key = 40; // the key of shades at the very end
  canvas.height = (step * count + foot + key) * fine;
  canvas.style.width = `${wide}px`;
  pen.scale(fine, fine);
  pen.font = `${Math.min(11, step)}px ${font}`;
  pen.textBaseline = "middle";
  data.values.forEach((row, r) => {
    if (named) {
      pen.fillStyle = "#17211f";
      pen.textAlign = "right";
      pen.fillText(data.names[r], left - 6, (r + 0.5) * step, left - 8);
    }
    row.forEach((value, c) => {
      if (value === null) return;
      const part = Math.min(1, Math.max(0, value));
      pen.fillStyle = shade(part);
      pen.fillRect(left + c * step, r * step, step - (step > 6 ? 1 : 0), step - (step > 6 ? 1 : 0));
      if (step >= 22) {
        pen.fillStyle = part > 0.62 ? "#ffffff" : "#17211f";
        pen.textAlign = "center";
        pen.fillText(String(Math.round(value * 100)), left + (c + 0.5) * step, (r + 0.5) * step);
      }
    });
  });
  pen.fillStyle = "#17211f";
  if (below) data.names.forEach((name, c) => {
    pen.save();
    pen.translate(left + (c + 0.5) * step, step * count + 6);
    pen.rotate(-Math.PI / 3);
    pen.textAlign = "right";
    pen.fillText(name, 0, 0, foot - 8);
    pen.restore();
  });
  pen.font = `11px ${font}`;
  [0, 0.25, 0.5, 0.75, 1].forEach((part, k) => {
    const x = left + k * 36, y = step * count + foot + 4;
    pen.fillStyle = shade(part);
    pen.fillRect(x, y, 35, 12);
    pen.strokeStyle = "#6b7773";
    pen.strokeRect(x + 0.5, y + 0.5, 34, 11);
    pen.fillStyle = "#17211f";
    pen.textAlign = "center";
    pen.fillText(said(part), x + 18, y + 22);
  });
  const cell = (event) => {
    const box = canvas.getBoundingClientRect();
    const scale = wide / box.width;
    const c = Math.floor(((event.clientX - box.left) * scale - left) / step);
    const r = Math.floor(((event.clientY - box.top) * scale) / step);
    return r >= 0 && c >= 0 && r < count && c < count && r !== c ? [r, c] : null;
  };
  canvas.addEventListener("pointermove", (event) => {
    const at = cell(event);
    if (!at) { says.textContent = "\u00a0"; return; }
    const [r, c] = at;
    const value = data.values[r][c];
    says.textContent = data.says.replace("{a}", data.names[r]).replace("{b}", data.names[c])
      .replace("{value}", value === null ? "–" : said(value)).replace("{n}", data.n[r][c]);
  });
  canvas.addEventListener("click", (event) => {
    const at = cell(event);
    if (at) location.href = `${data.votes}&a=${encodeURIComponent(data.keys[at[0]])}&b=${encodeURIComponent(data.keys[at[1]])}`;
  });
  plot.classList.add("fig__plot--canvas");
  plot.replaceChildren(canvas);
})();
