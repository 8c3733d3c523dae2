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
    noDocuments: '还没有制发公文。派给单位后可点“制发任务单”。',
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
    noDocuments: 'No document has been issued yet. Once a unit has the ticket, press “Issue a task sheet”.',
    openPdf: 'Open PDF',
  },
);
