/** A point as the places have it, in degrees. */
export interface Point {
  readonly longitude: number;
  readonly latitude: number;
}
export interface Spot extends Point {
  readonly id: string;
}
/** A place as it was found near, with what is said of it on the sketch. */
interface Found {
  readonly place: {
    readonly id: string;
    readonly name: string;
    readonly longitude: number | null;
    readonly latitude: number | null;
  };
  readonly open: 'open' | 'closed' | 'unknown';
}
export interface NamedSpot extends Spot {
  /** Of its line in the list, from 1. */
  readonly nth: number;
  readonly name: string;
  readonly open: Found['open'];
  /** What is told of it beside its name. */
  readonly told: string;
}

/** Of what was found whatever lies somewhere on the map; the rest is in the list alone. */
export const spotsOf = <F extends Found>(
  found: readonly F[],
  told: (one: F) => string,
): readonly NamedSpot[] =>
  found.flatMap((one, at) => {
    const { id, name, longitude, latitude } = one.place;
    if (longitude === null || latitude === null) return [];
    return [{ id, name, longitude, latitude, nth: at + 1, open: one.open, told: told(one) }];
  });

/** On the drawing, from its upper left corner. */
interface At {
  readonly x: number;
  readonly y: number;
}
export interface Mark extends At {
  readonly id: string;
  /** Where it lies, where others have left its mark no room there. */
  readonly spot: At;
}

/** Of the drawing, a square, in its own units. */
export const MAP = { side: 440, margin: 18, mark: 10 } as const;
const MIDDLE = MAP.side / 2;

/** Metres from the middle to the outer ring: as far as one sees, a street, a village, a county. */
export const REACHES = [250, 500, 1_000, 2_000, 5_000, 10_000, 20_000] as const;
/** Two of a road's ten places tell nobody where they lie. */
const SEEN_LEAST = 8;
const BARS = [10_000, 5_000, 2_000, 1_000, 500, 200, 100] as const;

const METRES_A_DEGREE = 111_195;

function metresFrom(middle: Point, { longitude, latitude }: Point): { east: number; north: number } {
  const shrunk = Math.cos((middle.latitude * Math.PI) / 180);
  return {
    east: (longitude - middle.longitude) * METRES_A_DEGREE * shrunk,
    north: (latitude - middle.latitude) * METRES_A_DEGREE,
  };
}
const farOf = (middle: Point, spot: Point): number => {
  const { east, north } = metresFrom(middle, spot);
  return Math.hypot(east, north);
};

export type Reach = (typeof REACHES)[number];
const reachFor = (metres: number): Reach => REACHES.find((reach) => metres <= reach) ?? 20_000;

/** Shows the nearest; whoever wants the others looks further. */
export function firstReach(middle: Point, spots: readonly Spot[]): Reach {
  const far = spots.map((spot) => farOf(middle, spot)).sort((one, other) => one - other);
  return reachFor(far[Math.min(SEEN_LEAST, far.length) - 1] ?? 0);
}

/** What distances are told from; without that the middle of what was found. Null: nothing of it lies anywhere. */
export function middleOf(around: Point | null, spots: readonly Spot[]): Point | null {
  if (around !== null || spots.length === 0) return around;
  const mean = (of: keyof Point): number => spots.reduce((sum, spot) => sum + spot[of], 0) / spots.length;
  return { longitude: mean('longitude'), latitude: mean('latitude') };
}

/** North is up. Spots come the nearest first: those keep their place, the others make room and point to theirs. */
export function drawMap(middle: Point, spots: readonly Spot[], reach: number) {
  const scale = (MIDDLE - MAP.margin) / reach;
  const marks: Mark[] = [];
  for (const { id, ...point } of spots) {
    const { east, north } = metresFrom(middle, point);
    if (Math.hypot(east, north) > reach) continue;
    const spot = { x: MIDDLE + east * scale, y: MIDDLE - north * scale };
    marks.push({ id, spot, ...roomFor(spot, marks) });
  }
  const metres = BARS.find((bar) => bar <= reach / 2) ?? reach / 2;
  return {
    marks,
    /** How many lie further off. */
    further: spots.length - marks.length,
    rings: [reach / 2, reach].map((ring) => ({ metres: ring, radius: ring * scale })),
    bar: { metres, width: metres * scale },
  };
}

const APART = 2 * MAP.mark + 1;
function roomFor(spot: At, taken: readonly At[]): At {
  const isFree = ({ x, y }: At): boolean =>
    x >= MAP.mark &&
    y >= MAP.mark &&
    x <= MAP.side - MAP.mark &&
    y <= MAP.side - MAP.mark &&
    taken.every((one) => Math.hypot(one.x - x, one.y - y) >= APART);
  for (let ring = 0; ring < 6; ring += 1) {
    const ways = Math.max(1, ring * 8);
    for (let way = 0; way < ways; way += 1) {
      const angle = (2 * Math.PI * way) / ways;
      const at = { x: spot.x + ring * APART * Math.cos(angle), y: spot.y + ring * APART * Math.sin(angle) };
      if (isFree(at)) return at;
    }
  }
  return spot;
}
