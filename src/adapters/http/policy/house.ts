/** Sessions, accounts, own views, and the service itself. */
export const HOUSE_POLICY = {
  openSession: 'public',
  closeSession: 'signedIn',
  readSession: 'signedIn',

  listFilters: 'signedIn',
  saveFilter: 'signedIn',
  changeFilter: 'signedIn',
  removeFilter: 'signedIn',

  listAccounts: ['admin'],
  createAccount: ['admin'],
  setPassword: 'signedIn',
  disableAccount: ['admin'],
  enableAccount: ['admin'],
  setAccountRoles: ['admin'],

  watchLive: 'signedIn',
  connectPhone: ['agent'],

  listProblems: 'public',
  checkHealth: 'public',
  checkReadiness: 'public',
  readApiDescription: 'public',
  readConsole: 'public',
  readConsoleFile: 'public',
} as const;
