import type { PlaceContent } from './place.ts';

export interface Kept extends Pick<PlaceContent, 'unitCode' | 'keeper'> {
  readonly targetCode: string | null;
}

/**
 * Why an account may not leave a place so; null: it may. The centre's people (`actorUnit` null) keep every place. A unit, or a
 * partner that is one, keeps its own, and gives none away: whose a place is, is for the centre to say.
 */
export function refusedToKeep(
  actorUnit: string | null,
  before: Kept | null,
  after: Omit<Kept, 'targetCode'>,
): 'place.otherUnit' | 'place.handedOver' | null {
  if (actorUnit === null) return null;
  if (before === null) return after.unitCode === actorUnit ? null : 'place.otherUnit';
  if (before.unitCode !== actorUnit && before.targetCode !== actorUnit) return 'place.otherUnit';
  return after.unitCode === before.unitCode && after.keeper === before.keeper ? null : 'place.handedOver';
}
