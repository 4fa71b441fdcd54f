/** Colours that hold on a pale, a dark and a night-blue ground: hue kept, lightness moved (OKLab). */

export type Ground = "pale" | "dark" | "night";

type Triple = [number, number, number];

function toLinear(channel: number): number {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
  const c = value <= 0.0031308 ? value * 12.92 : 1.055 * Math.max(value, 0) ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, c)) * 255);
}

/** Read #rgb or #rrggbb; null when the text is something else. */
export function readHex(text: string): Triple | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  const parts = short?.slice(1).map((d) => d + d) ?? long?.slice(1);
  return parts ? (parts.map((part) => Number.parseInt(part, 16)) as Triple) : null;
}

// Ottosson (2020), "A perceptual color space for image processing": matrices M1 and M2.
function toOklab([r, g, b]: Triple): Triple {
  const [lr, lg, lb] = [toLinear(r), toLinear(g), toLinear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The ground under everything, by theme; a hollow ring is filled with it. */
export const GROUND: Record<Ground, string> = { pale: "#f4f1eb", dark: "#1b1a18", night: "#0c1728" };

/**
 * Move a colour's lightness so that it is seen on a ground; on the pale ground it is kept.
 *
 * Marks and outlines are lifted (l becomes 0.62 + 0.3 l, which clears 3:1 against the base).
 * Areas are turned over (0.95 - 0.6 l), so that more stays further from the ground. White means
 * the ground itself.
 */
export function onGround(colour: string, ground: Ground, use: "mark" | "area" = "mark"): string {
  if (colour === "none") return "rgba(0,0,0,0)";
  const rgb = readHex(colour);
  if (ground === "pale" || rgb === null) return colour;
  if (rgb.every((channel) => channel === 255)) return GROUND[ground];
  const [lightness, a, b] = toOklab(rgb);
  const moved = fromOklab([use === "area" ? 0.95 - 0.6 * lightness : 0.62 + 0.3 * lightness, a, b]);
  return `#${moved.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG contrast between two hex colours. */
export function contrast(one: string, other: string): number {
  const luminance = (text: string): number => {
    const [r, g, b] = (readHex(text) ?? [0, 0, 0]).map(toLinear) as Triple;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
