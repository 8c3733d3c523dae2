/** It is the other unit, or lies within it at whatever level. No unit (empty) lies within none; a circle in the register ends where it closes. */
export function isWithin(
  byCode: ReadonlyMap<string, { readonly parentCode: string | null }>,
  unitCode: string,
  above: string,
): boolean {
  const passed = new Set<string>();
  for (let at: string | null = unitCode; at !== null && at !== '' && !passed.has(at); ) {
    if (at === above) return true;
    passed.add(at);
    at = byCode.get(at)?.parentCode ?? null;
  }
  return false;
}
