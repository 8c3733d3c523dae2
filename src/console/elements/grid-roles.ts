/**
 * Roles of a table's parts, said because the parts are laid out as boxes: browsers differ in whether such a table is still
 * one to who hears the page.
 */
export const GROUP = { role: 'rowgroup' };
export const ROW = { role: 'row' };
export const HEAD = { role: 'columnheader' };
export const CELL = { role: 'gridcell' };
