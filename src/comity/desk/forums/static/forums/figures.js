// Where there are scripts: the drawn figures become Vega-Lite charts, with tips at their marks. Without, they stay as they are drawn.
(() => {
  "use strict";
  if (!window.vegaEmbed) return;
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true }, mode: "vega-lite" };
  const narrow = window.matchMedia("(max-width: 44rem)");
  for (const plot of document.querySelectorAll("[data-vega]")) {
    const data = document.getElementById(plot.dataset.vega);
    if (!data || narrow.matches) continue; // on a phone the drawing is easier to read than a chart that has to be scrolled
    const drawn = [...plot.childNodes];
    const chart = document.createElement("div");
    plot.append(chart);
    window.vegaEmbed(chart, JSON.parse(data.textContent), options).then(
      () => { for (const node of drawn) node.remove(); },
      () => chart.remove(),
    );
  }
})();
