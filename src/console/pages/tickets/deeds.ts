/** What is done to a ticket beside its moves. */
export type Deed = 'judge' | 'supervise' | 'urge' | 'accuse' | 'classify' | 'interim' | 'force' | 'instruct';
