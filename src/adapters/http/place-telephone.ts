import type { ExpertBook } from '../../app/ports/knowledge-experts.ts';
import type { PlaceBook } from '../../app/ports/places.ts';
import { Refusal } from './problem-replies.ts';

/** The number under which a place is rung, as the directory has it; of several the first. The rules for calls out decide. */
export async function telephoneOf(
  places: Pick<PlaceBook, 'byId'>,
  id: string,
): Promise<{ readonly kind: 'number'; readonly number: string }> {
  const place = await places.byId(id);
  if (place === null) throw new Refusal('place.unknown', { place: id });
  if (place.closedOn !== null) throw new Refusal('place.closed', { closedOn: place.closedOn });
  const [first = ''] = place.telephone.split(/[、;；,，/转]/);
  const number = first.replace(/[\s()（）-]/g, '');
  if (!/^\d{3,16}$/.test(number)) throw new Refusal('place.noTelephone', { telephone: place.telephone });
  return { kind: 'number', number };
}

/** An expert is rung under the number of the directory, and the call remembers that it was he who was asked for. */
export async function expertTarget(
  experts: Pick<ExpertBook, 'find'>,
  id: string,
): Promise<{ readonly kind: 'number'; readonly number: string; readonly expert: string }> {
  const expert = await experts.find(id);
  if (expert === null) throw new Refusal('knowledge.expertUnknown', { expert: id });
  return { kind: 'number', number: expert.number, expert: id };
}
