export interface Position {
  readonly longitude: number;
  readonly latitude: number;
}

const EARTH_METRES = 6_371_000;
const RADIANS = Math.PI / 180;

/** Metres as the crow flies. */
export function distanceMetres(one: Position, other: Position): number {
  const latitude = (other.latitude - one.latitude) * RADIANS;
  const longitude = (other.longitude - one.longitude) * RADIANS;
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(one.latitude * RADIANS) * Math.cos(other.latitude * RADIANS) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** What lies within so many metres lies in this box; the box holds somewhat more. */
export function boxAround({ longitude, latitude }: Position, metres: number) {
  const north = metres / (EARTH_METRES * RADIANS);
  const east = north / Math.max(0.01, Math.cos(latitude * RADIANS));
  return {
    south: latitude - north,
    north: latitude + north,
    west: longitude - east,
    east: longitude + east,
  };
}
