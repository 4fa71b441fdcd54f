/* The lighting view: a night-blue ground, its own layers, and colours lifted to be seen on it. */
var lightView = (function () {
  "use strict";
  const LAYERS = new Set(["lighting_checks", "lamps", "street_light", "dark_stretches", "outages", "land", "streets", "areas"]);
  /* Shown in the lighting view alone, and there only where the service says that little else is known. */
  const BARE = new Set(["lamp_spacing", "lit_streets"]);
  const GROUND = "#0c1728";
  const LAND = { water: "#081120", green: "#0e1f2b", industry: "#121c2e" };
  const ROAD = "#24364f", PATH = "#1d2d44", CASING = "#0a1322", WARM = "#ffd37a";

  /* Hue kept, lightness lifted to clear 3:1 against the ground; white means the ground itself. */
  function lifted(colour) {
    if (colour === "#fff") return GROUND;
    const parts = /^#(..)(..)(..)$/.exec(colour || "");
    if (!parts) return colour;
    const [r, g, b] = parts.slice(1).map((x) => Number.parseInt(x, 16) / 255);
    const high = Math.max(r, g, b), low = Math.min(r, g, b), l = (high + low) / 2;
    if (l > 0.97) return GROUND;
    const d = high - low, s = d === 0 ? 0 : d / (1 - Math.abs(2 * l - 1));
    let h = 0;
    if (d > 0) h = high === r ? ((g - b) / d) % 6 : high === g ? (b - r) / d + 2 : (r - g) / d + 4;
    return "hsl(" + Math.round(h * 60) + "," + Math.round(100 * s) + "%," + Math.round(100 * (0.58 + 0.3 * l)) + "%)";
  }
  function painted(layer, properties, style) {
    if (layer.name === "land") {
      const fill = LAND[properties.kind] || "#101c30";
      return Object.assign({}, style, { color: fill, fill: style.fill && fill });
    }
    if (layer.name === "streets") {
      return Object.assign({}, style, { color: properties.kind === "road" || properties.kind === "square" ? ROAD : PATH });
    }
    const out = Object.assign({}, style, { color: lifted(style.color), fill: style.fill && lifted(style.fill) });
    if (layer.name === "lamps" && properties.state === "working" || layer.name === "lamps" && properties.state === "unknown") {
      out.color = out.fill = WARM;
      out.fill_opacity = properties.state === "unknown" ? 0.45 : 0.95;
      out.width = 0;
      const lumens = properties.flux_lm;
      out.radius = lumens ? Math.min(4.5, Math.max(1.2, 1.2 * Math.sqrt(lumens / 1500))) : style.radius * 0.9;
    }
    if (layer.name === "dark_stretches") out.width = style.width + 1.5;
    if (layer.name === "street_light") out.opacity = properties.lux_class === "not_inventoried" ? 0.3 : 0.55;
    return out;
  }
  /* The key of the layers follows the ground, and comes back. */
  function keys(night) {
    document.querySelectorAll(".layers .key svg *").forEach((mark) => {
      ["stroke", "fill"].forEach((name) => {
        const now = mark.getAttribute(name);
        if (!now) return;
        mark.dataset[name] = mark.dataset[name] || now;
        mark.setAttribute(name, night ? lifted(mark.dataset[name]) : mark.dataset[name]);
      });
    });
  }
  return { CASING, painted, keys, 
    /* Where the lamps are shown by their spacing, their own marks would cover it. */
    opens: (layer, night, all) => night
      ? (BARE.has(layer.name) ? layer.visible : LAYERS.has(layer.name) && !(layer.name === "lamps" && all.lamp_spacing && all.lamp_spacing.visible))
      : layer.visible && !BARE.has(layer.name) };
})();
