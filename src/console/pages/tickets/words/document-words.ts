import { bilingual } from '../../../words/word-table.ts';

/** Of documents that were issued about a ticket. */
export const DOCUMENT_WORDS = bilingual(
  {
    document: {
      taskSheet: '任务单',
      supervisionOrder: '督办单',
      circular: '通报',
      specialReport: '舆情专报',
    },
    issueTaskSheet: '制发任务单',
    noDocuments: '还没有制发公文。',
    openPdf: '打开 PDF',
  },
  {
    document: {
      taskSheet: 'Task sheet',
      supervisionOrder: 'Supervision order',
      circular: 'Circular',
      specialReport: 'Special report',
    },
    issueTaskSheet: 'Issue a task sheet',
    noDocuments: 'No document has been issued yet.',
    openPdf: 'Open PDF',
  },
);
