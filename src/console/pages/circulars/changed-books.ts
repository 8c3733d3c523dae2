import type { Problem } from '../../api/problem.ts';

interface ChangedFigure {
  readonly id: string;
  readonly kind: string;
  /** `all`: of all units together. */
  readonly unit: string;
  /** null: it was, or is, not counted. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What the books say otherwise now than the circular that was to be signed. */
export function changedFigures({ document: { code, data } }: Problem): readonly ChangedFigure[] {
  const changed = data?.changed;
  if (code !== 'circular.figuresChanged' || !Array.isArray(changed)) return [];
  return (changed as Omit<ChangedFigure, 'kind' | 'unit'>[]).map((one) => {
    const [kind = '', unit = ''] = one.id.split('.');
    return { ...one, kind, unit };
  });
}

export function changedRows({ document: { code, data } }: Problem): number {
  const rows = data?.rowsChanged;
  return code === 'circular.figuresChanged' && typeof rows === 'number' ? rows : 0;
}
