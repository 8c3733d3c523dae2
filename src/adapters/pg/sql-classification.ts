/** The terms of a list in force whose register is the list itself: sub-types and tags. */
const inForce = (list: 'type' | 'tag', code: string): string => `exists (select from code_editions e
  join code_terms x on x.list = e.list and x.edition = e.number and x.code = ${code}
  where e.list = '${list}' and e.state = 'inForce'`;

/** Whether today's lists know by what somebody sorts an appeal; of a category that is none any more what it became. */
export const classification = (asked: {
  readonly category: string;
  readonly type: string;
  readonly subtype: string;
  readonly tags: string;
}): string => `
  (${asked.category}::text is null or exists (
    select from categories where code = ${asked.category} and ended_at is null)) as "categoryKnown",
  array(select p.now_code from code_paths p where p.list = 'category' and p.code = ${asked.category}
    order by p.main desc, p.now_code) as "categoryNow",
  (${asked.subtype}::text is null or ${inForce('type', asked.subtype)} and x.parent_code = ${asked.type})) as "subtypeKnown",
  array(select k.code from unnest(${asked.tags}::text[]) k(code) where not ${inForce('tag', 'k.code')})) as "unknownTags"`;
