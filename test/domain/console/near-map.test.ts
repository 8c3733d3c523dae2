import { expect, test } from 'vitest';
import { drawMap, firstReach, MAP, middleOf } from '../../../src/console/elements/near-map.ts';

const HERE = { longitude: 121.186, latitude: 32.331 };
const [NORTH_M, EAST_M] = [1 / 111_195, 1 / (111_195 * Math.cos((HERE.latitude * Math.PI) / 180))];
const spot = (id: string, east: number, north: number) => ({
  ...{ id, longitude: HERE.longitude + east * EAST_M, latitude: HERE.latitude + north * NORTH_M },
});
const HALF = MAP.side / 2;

test('north is up and east is right, and a metre is as long in both', () => {
  const { marks, rings, bar } = drawMap(
    HERE,
    [spot('north', 0, 400), spot('east', 400, 0), spot('south', 0, -200)],
    500,
  );
  const scale = (HALF - MAP.margin) / 500;
  const at = Object.fromEntries(
    marks.map(({ id, spot: { x, y } }) => [id, [Math.round(x - HALF), Math.round(HALF - y)]]),
  );
  expect(at).toEqual({
    north: [0, Math.round(400 * scale)],
    east: [Math.round(400 * scale), 0],
    south: [0, -Math.round(200 * scale)],
  });
  // What the bar says is as long as the bar.
  expect(bar.width / scale).toBeCloseTo(bar.metres);
  expect(bar.metres).toBe(200);
  expect(rings.map(({ metres, radius }) => [metres, Math.round(radius / scale)])).toEqual([
    [250, 250],
    [500, 500],
  ]);
});

test('what lies beyond the outer ring is counted and not drawn', () => {
  const { marks, further } = drawMap(HERE, [spot('near', 100, 0), spot('far', 900, 0)], 500);
  expect(marks.map(({ id }) => id)).toEqual(['near']);
  expect(further).toBe(1);
});

test('marks of one house stand side by side, each with where it lies; the nearest keeps its place', () => {
  const house = Array.from({ length: 12 }, (_, nth) => spot(`s${nth}`, 100 + nth / 10, 50));
  const { marks } = drawMap(HERE, house, 250);
  expect(marks).toHaveLength(12);
  const [first] = marks;
  expect({ x: first?.x, y: first?.y }).toEqual(first?.spot);
  for (const [nth, one] of marks.entries()) {
    for (const other of marks.slice(nth + 1)) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(2 * MAP.mark);
    }
    expect(one.x).toBeGreaterThanOrEqual(MAP.mark);
    expect(one.x).toBeLessThanOrEqual(MAP.side - MAP.mark);
  }
});

test('it begins so wide that eight are seen, or all where there are fewer', () => {
  const line = (count: number, every: number) =>
    Array.from({ length: count }, (_, nth) => spot(`l${nth}`, every * (nth + 1), 0));
  expect(firstReach(HERE, line(3, 50))).toBe(250);
  expect(firstReach(HERE, line(3, 600))).toBe(2_000);
  expect(firstReach(HERE, line(30, 100))).toBe(1_000);
  expect(firstReach(HERE, [])).toBe(250);
});

test('without anybody to look from, its middle is that of what was found', () => {
  expect(middleOf(HERE, [spot('one', 100, 0)])).toEqual(HERE);
  expect(middleOf(null, [])).toBeNull();
  const middle = middleOf(null, [spot('west', -100, 0), spot('east', 100, 0)]);
  expect(middle?.longitude).toBeCloseTo(HERE.longitude, 9);
  expect(middle?.latitude).toBeCloseTo(HERE.latitude, 9);
});
