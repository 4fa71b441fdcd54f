/* Draws the picture on the map that folium has made; everything it needs is in this file. */
(function () {
  "use strict";
  const bundle = JSON.parse(document.getElementById("bundle").textContent);
  const map = window[bundle.map];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const DASHES = { solid: null, dashed: "9 6", dotted: "1.5 6" };
  const drawnAs = { day: {}, night: {} };
  let night = false;
  const groups = new Proxy({}, { get: (_, name) => drawnAs[night ? "night" : "day"][name], set: (_, name, value) => {
    drawnAs[night ? "night" : "day"][name] = value;
    return true;
  } });
  const byPlace = {};
  const root = document.documentElement;
  root.classList.add("js");
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(bundle.credit);
  map.setMaxZoom(19);
  const [w, s, e, n] = bundle.home;
  L.control.scale({ imperial: false }).addTo(map);
  const home = L.latLngBounds([s, w], [n, e]);
  map.setMaxBounds(home.pad(1.5));

  ["land", "areas", "ways", "cells", "points", "places", "names", "ranks"].forEach((name, index) => {
    const pane = map.createPane(name);
    pane.style.zIndex = 210 + index * 60;
    if (name === "names") pane.style.pointerEvents = "none";
  });
  const canvases = {};
  const canvas = (pane) => (canvases[pane] ??= L.canvas({ pane, padding: 0.3 }));

  /* A style follows one property of the feature, as the layer's paint says. */
  function styled(paint, properties) {
    let out = paint;
    const by = paint.by;
    if (by && by.values) out = Object.assign({}, paint, by.values[properties[by.property]] || {});
    else if (by) {
      let at = -1;
      by.breaks.forEach((limit, index) => { if (properties[by.property] >= limit) at = index; });
      if (at >= 0) out = Object.assign({}, paint, by.steps[at]);
    }
    return out;
  }
  function pathOf(layer, properties, factor, dark) {
    const plain = styled(layer.paint, properties);
    const style = dark ? lightView.painted(layer, properties, plain) : plain;
    return {
      color: style.color, weight: style.width * factor, stroke: style.width > 0,
      opacity: style.opacity === undefined ? 1 : style.opacity,
      fill: Boolean(style.fill), fillColor: style.fill || style.color, fillOpacity: style.fill_opacity,
      dashArray: DASHES[style.dash], lineCap: style.dash === "dotted" ? "round" : "butt",
      lineJoin: "round", radius: style.radius,
    };
  }
  function featuresOf(packed) {
    return packed.rows.map((row) => {
      const properties = {};
      packed.names.forEach((name, index) => {
        const words = packed.words[name];
        properties[name] = words ? words[row[index + 1]] : row[index + 1];
      });
      const shape = Array.isArray(row[0]) ? { type: "Point", coordinates: row[0] } : row[0];
      return { type: "Feature", properties, geometry: shape };
    });
  }
  const wayFactor = () => Math.min(2.6, Math.max(0.35, Math.pow(2, (map.getZoom() - 15.5) * 0.7)));
  const edgeFactor = () => Math.min(1, Math.max(0.4, (map.getZoom() - 9) / 5));
  const dotFactor = () => Math.min(1.8, Math.max(0.55, Math.pow(2, (map.getZoom() - 15) * 0.35)));

  function popupOf(layer, properties) {
    const box = document.createElement("div");
    const head = document.createElement("h3");
    head.textContent = properties.name || layer.title;
    const list = document.createElement("dl");
    Object.entries(layer.tell).forEach(([name, heading]) => {
      const value = properties[name];
      if (name === "name" || value === null || value === undefined || value === "") return;
      const dt = document.createElement("dt");
      const dd = document.createElement("dd");
      dt.textContent = heading;
      dd.textContent = value;
      list.append(dt, dd);
    });
    box.append(head, list);
    return box;
  }
  const PANES = { land: "land", areas: "areas", streets: "ways", cells: "cells", incidents: "points",
    reports: "points", places: "places", recommendations: "places", lighting_checks: "places" };

  function build(layer) {
    if (layer.image) {
      const [a, b, c, d] = layer.bbox;
      return L.imageOverlay(layer.image, [[b, a], [d, c]], { pane: "cells", alt: layer.title, interactive: false });
    }
    const pane = layer.polygons && PANES[layer.name] === "points" ? "cells" : PANES[layer.name] || "points";
    const features = featuresOf(layer.packed);
    const dark = night;
    const factor = layer.name === "streets" ? wayFactor : pane === "places" ? edgeFactor : () => 1;
    const quiet = layer.name === "land" || layer.name === "streets" || layer.name === "areas";
    const options = (extra) => Object.assign({
      pane, renderer: pane === "places" ? L.svg({ pane }) : canvas(pane), interactive: !quiet,
      style: (f) => pathOf(layer, f.properties, factor(), dark),
      pointToLayer: (f, at) => {
        const style = pathOf(layer, f.properties, 1, dark);
        const base = style.radius;
        const dot = L.circleMarker(at, Object.assign(style, { pane, renderer: canvas(pane), radius: base * dotFactor() }));
        dot.baseRadius = base;
        return dot;
      },
      onEachFeature: (f, drawn) => {
        if (layer.name === "places") return;
        if (!quiet) drawn.bindPopup(() => popupOf(layer, f.properties));
      },
    }, extra);
    const group = L.layerGroup();
    if (layer.name === "streets") {
      const roads = features.filter((f) => f.properties.kind === "road" || f.properties.kind === "square");
      const casing = L.geoJSON(roads, options({
        style: () => ({ color: dark ? lightView.CASING : "#cfc7ba", weight: 3 * wayFactor() + 1.4, lineJoin: "round" }),
      }));
      const paths = L.geoJSON(features.filter((f) => !roads.includes(f)), options());
      const top = L.geoJSON(roads, options());
      group.addLayer(casing).addLayer(paths).addLayer(top);
      map.on("zoomend", () => {
        casing.setStyle({ weight: 3 * wayFactor() + 1.4 });
        [paths, top].forEach((part) => part.setStyle((f) => pathOf(layer, f.properties, wayFactor(), dark)));
      });
    } else {
      const drawn = L.geoJSON(features, options());
      group.addLayer(drawn);
      map.on("zoomend", () => drawn.eachLayer((dot) => {
        if (dot.baseRadius) dot.setRadius(dot.baseRadius * dotFactor());
        else if (pane === "places") dot.setStyle({ weight: pathOf(layer, dot.feature.properties, edgeFactor(), dark).weight });
      }));
      if (layer.name === "places") ranks(group, drawn);
    }
    return group;
  }

  /* Places: outline, rank beside it, and the line of the list, all of one. */
  function ranks(group, drawn) {
    drawn.eachLayer((shape) => {
      const id = shape.feature.properties.place_id;
      byPlace[id] = Object.assign(byPlace[id] || {}, { shape });
      shape.on("click", () => choose(id, true));
    });
    bundle.places.forEach((place) => {
      const icon = L.divIcon({ className: "rank", html: "", iconSize: null });
      const marker = L.marker([place.point[1], place.point[0]], {
        pane: "ranks", icon, keyboard: true, title: place.rank_label + " " + place.name,
        alt: place.name, zIndexOffset: 100 - place.rank,
      });
      marker.on("add", () => {
        const element = marker.getElement();
        element.textContent = place.rank_label;
        element.setAttribute("aria-label", bundle.words.rank + " " + place.rank_label + ": " + place.name);
      });
      marker.on("click keypress", (event) => {
        if (event.type === "click" || event.originalEvent.key === "Enter") choose(place.place_id, true);
      });
      group.addLayer(marker);
      byPlace[place.place_id] = Object.assign(byPlace[place.place_id] || {}, { marker, place });
    });
  }

  /* The layer list lies on the map where there is room: what is shown keeps clear of it. */
  function room() {
    const list = document.querySelector(".layers");
    const wide = list.open && map.getSize().x > 760;
    return { paddingTopLeft: [24, 24], paddingBottomRight: [wide ? list.offsetWidth + 24 : 24, 24] };
  }

  let chosen = null;
  function mark(id, on) {
    const found = byPlace[id];
    const button = document.querySelector('.pick[data-place="' + CSS.escape(id) + '"]');
    if (button) {
      button.setAttribute("aria-expanded", String(on));
      document.getElementById(button.getAttribute("aria-controls")).hidden = !on;
    }
    if (!found) return;
    const element = found.marker && found.marker.getElement();
    if (element) element.classList.toggle("chosen", on);
    if (found.shape) found.shape.setStyle({ fillOpacity: on ? 0.34 : bundle.layers.places.paint.fill_opacity });
  }
  function choose(id, fromMap) {
    if (chosen) mark(chosen, false);
    if (chosen === id && !fromMap) { chosen = null; history.replaceState(null, "", "#"); return; }
    chosen = id;
    mark(id, true);
    history.replaceState(null, "", "#plats=" + encodeURIComponent(id));
    const found = byPlace[id];
    const button = document.querySelector('.pick[data-place="' + CSS.escape(id) + '"]');
    if (fromMap && button) button.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    if (!fromMap && found && found.place) {
      const [a, b, c, d] = found.place.bbox;
      const box = L.latLngBounds([b, a], [d, c]).pad(1.2);
      map.fitBounds(box, Object.assign({ maxZoom: 17, animate: !still }, room()));
    }
    declutter();
  }
  document.querySelectorAll(".pick").forEach((button) => {
    button.addEventListener("click", () => choose(button.dataset.place, false));
  });

  /* Names and ranks give way to each other: first come the places, best rank first. */
  const nameLayer = L.layerGroup().addTo(map);
  function overlaps(box, taken) {
    return taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
  }
  function boxAt(point, width, height) {
    return [point.x - width / 2, point.y - height / 2, point.x + width / 2, point.y + height / 2];
  }
  function declutter() {
    const taken = [];
    if (groups.places && map.hasLayer(groups.places)) bundle.places.forEach((place) => {
      const element = byPlace[place.place_id].marker.getElement();
      if (!element) return;
      const at = map.latLngToContainerPoint([place.point[1], place.point[0]]);
      const width = 20 + 8 * place.rank_label.length;
      const box = boxAt(at, width, 26);
      const hidden = overlaps(box, taken) && place.place_id !== chosen;
      element.classList.toggle("small", hidden);
      byPlace[place.place_id].marker.setZIndexOffset((hidden ? -5000 : 5000) - place.rank);
      element.style.marginLeft = (hidden ? -7 : -width / 2) + "px";
      element.style.marginTop = (hidden ? -7 : -14) + "px";
      taken.push(hidden ? boxAt(at, 14, 14) : box);
    });
    nameLayer.clearLayers();
    const zoom = map.getZoom();
    const size = map.getSize();
    let left = 70;
    bundle.names.forEach(([text, lon, lat, kind, from]) => {
      if (zoom < from || left <= 0) return;
      const at = map.latLngToContainerPoint([lat, lon]);
      if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) return;
      const box = boxAt(at, text.length * (kind === "area" ? 9 : 6.6) + 12, 20);
      if (overlaps(box, taken)) return;
      taken.push(box);
      left -= 1;
      const label = document.createElement("span");
      label.textContent = text;
      const icon = L.divIcon({ className: "name-label " + kind, html: label, iconSize: null });
      nameLayer.addLayer(L.marker([lat, lon], { pane: "names", icon, interactive: false, keyboard: false }));
    });
  }

  Object.values(bundle.layers).forEach((layer) => {
    const input = document.querySelector('input[data-layer="' + layer.name + '"]');
    const show = (on) => {
      if (on && !groups[layer.name]) groups[layer.name] = build(layer);
      if (on) groups[layer.name].addTo(map);
      else if (groups[layer.name]) groups[layer.name].remove();
      if (input) input.closest(".item").classList.toggle("on", on);
      declutter();
    };
    if (input) {
      input.checked = lightView.opens(layer, false);
      input.addEventListener("change", () => show(input.checked));
    }
    layer.show = show;
  });
  map.fitBounds(home, { animate: false });
  Object.values(bundle.layers).filter((layer) => lightView.opens(layer, false)).forEach((layer) => layer.show(true));
  const focus = bundle.focus && L.latLngBounds([bundle.focus[1], bundle.focus[0]], [bundle.focus[3], bundle.focus[2]]);
  const toFocus = () => map.fitBounds(focus || home, Object.assign({ animate: false, maxZoom: 16 }, room()));
  toFocus();
  map.on("zoomend moveend resize", declutter);
  declutter();
  /* The lighting view is one press away: its layers, its list and a night-blue ground. */
  const views = document.querySelectorAll("button[data-view]");
  function look(name) {
    const shown = Object.values(bundle.layers).map((layer) => [layer, groups[layer.name] && map.hasLayer(groups[layer.name])]);
    shown.forEach(([layer, on]) => on && groups[layer.name].remove());
    night = name === "belysning";
    root.classList.toggle("night", night);
    views.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === name)));
    document.querySelectorAll("[data-of]").forEach((part) => { part.hidden = part.dataset.of !== name; });
    shown.forEach(([layer]) => {
      const on = lightView.opens(layer, night, bundle.layers);
      const input = document.querySelector('input[data-layer="' + layer.name + '"]');
      if (input) input.checked = on;
      layer.show(on);
    });
    lightView.keys(night);
    const spots = [...document.querySelectorAll("button[data-box]")].map((b) => JSON.parse(b.dataset.box));
    if (!night || spots.length === 0) return toFocus();
    const ends = [0, 1].map((k) => Math.min(...spots.map((b) => b[k]))).concat([2, 3].map((k) => Math.max(...spots.map((b) => b[k]))));
    map.fitBounds(L.latLngBounds([ends[1], ends[0]], [ends[3], ends[2]]), Object.assign({ animate: false, maxZoom: 16 }, room()));
  }
  views.forEach((button) => button.addEventListener("click", () => {
    look(button.dataset.view);
    history.replaceState(null, "", button.dataset.view === "belysning" ? "#vy=belysning" : "#");
  }));
  document.querySelectorAll("button[data-box]").forEach((button) => button.addEventListener("click", () => {
    const [a, b, c, d] = JSON.parse(button.dataset.box);
    map.fitBounds(L.latLngBounds([b, a], [d, c]).pad(0.4), Object.assign({ maxZoom: 17, animate: !still }, room()));
  }));
  if (views.length && (location.hash === "#vy=belysning" || (bundle.view === "belysning" && !location.hash))) look("belysning");
  const named = /^#plats=(.+)$/.exec(location.hash);
  if (named && byPlace[decodeURIComponent(named[1])]) choose(decodeURIComponent(named[1]), false);

  const print = document.getElementById("print");
  if (print) print.addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => { map.invalidateSize({ animate: false }); toFocus(); });
  window.addEventListener("afterprint", () => map.invalidateSize({ animate: false }));
  if (matchMedia("(max-width: 820px)").matches) document.querySelector(".layers").open = false;
  root.dataset.ready = "yes";
})();
