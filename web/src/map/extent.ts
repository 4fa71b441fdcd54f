/** Boxes round things, in degrees. */
import type { Geometry, Position } from "geojson";
import type { Bounds } from "../lib/contract";

/** The box that holds all boxes; null when there are none. */
export function union(boxes: Bounds[]): Bounds | null {
  if (boxes.length === 0) return null;
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

function positions(geometry: Geometry): Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positions);
  if (geometry.type === "Point") return [geometry.coordinates];
  const depth = { MultiPoint: 0, LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };
  return geometry.coordinates.flat(depth[geometry.type]) as Position[];
}

/** The box round a geometry; null when it is empty or missing. */
export function extent(geometry: Geometry | null): Bounds | null {
  if (geometry === null) return null;
  return union(positions(geometry).map(([x = 0, y = 0]): Bounds => [x, y, x, y]));
}

/** The middle of a polygon's largest ring, near enough for a name. */
export function middle(geometry: Geometry): { at: Position; size: number } | null {
  const rings =
    geometry.type === "Polygon"
      ? [geometry.coordinates[0]]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates.map((part) => part[0])
        : [];
  let best: { at: Position; size: number } | null = null;
  for (const ring of rings) {
    if (!ring) continue;
    let [area, x, y] = [0, 0, 0];
    ring.forEach(([ax = 0, ay = 0], index) => {
      const [bx = 0, by = 0] = ring[(index + 1) % ring.length] ?? [];
      const cross = ax * by - bx * ay;
      area += cross / 2;
      x += ((ax + bx) * cross) / 6;
      y += ((ay + by) * cross) / 6;
    });
    if (area !== 0 && Math.abs(area) > (best?.size ?? 0)) {
      best = { at: [x / area, y / area], size: Math.abs(area) };
    }
  }
  return best;
}

/**
 * How far round a box a map may be moved. Wide enough that the whole box fits beside the buttons of
 * a tall phone: a map that may not show what lies north and south of it would zoom in instead, and
 * cut it off.
 */
export function roundabout([west, south, east, north]: Bounds): Bounds {
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const away = 2 * Math.max((east - west) * shrink, north - south, 0.01);
  return [
    west - away / shrink, Math.max(south - away, -85), east + away / shrink, Math.min(north + away, 85),
  ];
}
