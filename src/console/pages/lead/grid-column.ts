import { type Column, ElButton } from 'element-plus';
import { h, type VNode } from 'vue';

/** A column of plain words, whole in its hint where they do not fit. */
export function wordColumn<T>(
  key: string,
  title: string,
  width: number,
  of: (row: T) => string,
  flexGrow = 0,
): Column {
  return {
    key,
    title,
    width,
    flexGrow,
    cellRenderer: ({ rowData }: { readonly rowData: T }) =>
      h('span', { class: 'cell', title: of(rowData) }, of(rowData)),
  };
}

/** What can be done with a row. */
export const actButton = (label: string, type: 'primary' | 'danger', onClick: () => void): VNode =>
  h(ElButton, { link: true, type, onClick }, () => label);
