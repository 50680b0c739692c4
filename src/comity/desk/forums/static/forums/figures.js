// Where there are scripts: the drawn figures become Vega-Lite charts, with tips at their marks. Without, they stay as they are drawn.
(() => {
  "use strict";
  if (!window.vegaEmbed) return;
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true }, mode: "vega-lite", logLevel: 1 };
  const parts = new Intl.NumberFormat(document.documentElement.lang).formatToParts(12345.6);
  const sign = (type, otherwise) => (parts.find((p) => p.type === type) || { value: otherwise }).value;
  options.formatLocale = { decimal: sign("decimal", "."), thousands: sign("group", ""), grouping: [3], currency: ["", ""], minus: "−" };
  const sized = (spec, width) => {
    if (spec.width === "container") spec.width = width;
    for (const part of spec.vconcat || []) sized(part, width);
    return spec;
  };
  const narrow = window.matchMedia("(max-width: 44rem)");
  for (const plot of document.querySelectorAll("[data-vega]")) {
    const data = document.getElementById(plot.dataset.vega);
    if (!data || narrow.matches) continue; // on a phone the drawing is easier to read than a chart that has to be scrolled
    const drawn = [...plot.childNodes];
    const chart = document.createElement("div");
    plot.append(chart);
    const spec = JSON.parse(data.textContent);
    window.vegaEmbed(chart, sized(spec, Math.max(320, plot.clientWidth - spec.usermeta.left - 24)), options).then(
      () => { for (const node of drawn) node.remove(); },
      () => chart.remove(),
    );
  }
})();
