/* Charts: ECharts as SVG from the JSON beside it. Each bar and slice opens its list; the table below says the same. */
(function () {
  "use strict";

  var TONES = { blue: "#1f6fc4", red: "#c2252c", green: "#0c9b70", orange: "#d9730d", purple: "#8b2fa8", teal: "#0b7a6b", yellow: "#b98900", secondary: "#6b7280", primary: "#8b1a1a" };
  var CYCLE = ["blue", "green", "orange", "purple", "teal", "yellow", "red", "secondary"];
  var FONT = '"Be Vietnam Pro", system-ui, sans-serif';
  var numbers = new Intl.NumberFormat("vi-VN");

  function tone(name, at) { return TONES[name] || TONES[CYCLE[at % CYCLE.length]]; }

  function axisText() { return { color: "#374151", fontFamily: FONT, fontSize: 12 }; }

  function bars(chart, kind) {
    var flat = kind === "rows";
    var names = { type: "category", data: chart.categories, inverse: flat, axisTick: { show: false }, axisLabel: axisText(), axisLine: { lineStyle: { color: "#6b7280" } } };
    var values = { type: "value", minInterval: 1, axisLabel: Object.assign(axisText(), { formatter: function (value) { return numbers.format(value); } }), splitLine: { lineStyle: { color: "#e5e7eb" } } };
    if (flat) { names.axisLabel.width = 170; names.axisLabel.overflow = "truncate"; values.splitNumber = 3; }
    return {
      xAxis: flat ? values : names,
      yAxis: flat ? names : values,
      grid: { left: 8, right: 16, top: chart.series.length > 1 ? 40 : 12, bottom: 4, containLabel: true },
      series: chart.series.map(function (part, at) {
        return { name: part.name, type: kind === "line" ? "line" : "bar", stack: kind === "stack" || flat ? "all" : undefined, data: part.values, itemStyle: { color: tone(part.tone, at) }, barMaxWidth: 46, cursor: part.urls ? "pointer" : "default" };
      })
    };
  }

  function share(value, all) { return all ? (value * 100 / all).toFixed(1).replace(".", ",") + "%" : "0%"; }

  /* The legend carries the figures: labels around the ring do not fit on a phone. */
  function pie(chart) {
    var part = chart.series[0];
    var all = part.values.reduce(function (sum, value) { return sum + value; }, 0);
    return {
      legend: {
        type: "scroll", orient: "vertical", bottom: 0, left: "center", itemWidth: 12, itemHeight: 12, textStyle: Object.assign(axisText(), { fontSize: 13 }),
        formatter: function (name) {
          var value = part.values[chart.categories.indexOf(name)];
          return name + ": " + numbers.format(value) + " (" + share(value, all) + ")";
        }
      },
      series: [{
        name: part.name, type: "pie", radius: ["38%", "62%"], center: ["50%", "33%"],
        label: { show: false },
        emphasis: { label: { show: false } },
        itemStyle: { borderColor: "#fff", borderWidth: 2 },
        data: part.values.map(function (value, at) {
          return { name: chart.categories[at], value: value, itemStyle: { color: tone((chart.tones || [])[at], at) } };
        })
      }]
    };
  }

  function tip(all) {
    return function (found) {
      if (!Array.isArray(found)) { return found.name + ": " + numbers.format(found.value); }
      var lines = found.map(function (part) { return part.seriesName + ": " + numbers.format(part.value); });
      if (all && found.length > 1) { lines.push("Cộng: " + numbers.format(found.reduce(function (sum, part) { return sum + part.value; }, 0))); }
      return [found[0].name].concat(lines).join("\n");
    };
  }

  function options(chart, kind) {
    var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    var several = kind === "pie" || chart.series.length > 1;
    return Object.assign({
      animation: !still,
      animationDuration: 300,
      textStyle: { fontFamily: FONT },
      legend: { show: several, top: 0, itemWidth: 18, itemHeight: 11, textStyle: axisText() },
      /* richText draws inside the SVG: an HTML tooltip would need inline styles, which our policy forbids. */
      tooltip: { trigger: kind === "pie" ? "item" : "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" }, formatter: tip(kind === "stack" || kind === "rows"), textStyle: { fontFamily: FONT, fontSize: 13, lineHeight: 20, color: "#1f2937" } }
    }, kind === "pie" ? pie(chart) : bars(chart, kind));
  }

  function open(chart, event) {
    var part = chart.series[event.seriesIndex];
    var url = part && part.urls && part.urls[event.dataIndex];
    if (url) { window.location.assign(url); }
  }

  function draw(box) {
    if (box.dataset.drawn) { return; }
    box.dataset.drawn = "yes";
    var chart = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    var view = window.echarts.init(box, null, { renderer: "svg" });
    view.setOption(options(chart, box.closest("[data-kind]").dataset.kind));
    view.on("click", function (event) { open(chart, event); });
    new ResizeObserver(function () { view.resize(); }).observe(box);
  }

  function drawAll(root) { root.querySelectorAll("[data-chart]").forEach(draw); }

  document.addEventListener("htmx:load", function (event) { drawAll(event.detail.elt); });
  document.addEventListener("DOMContentLoaded", function () { drawAll(document); });
})();
