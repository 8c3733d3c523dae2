const KEEPERS = ['unit', 'operator'] as const;

/** Who may search, who keeps places and citizens' words, who brings tables in. `policy.ts` has all of it. */
export const PLACES_POLICY = {
  searchKnowledge: 'signedIn',
  listPlaces: 'signedIn',
  readPlace: 'signedIn',
  findPlacesNear: 'signedIn',
  readPlaceCoverage: ['operator', 'lead', 'dispatcher'],
  addPlace: KEEPERS,
  changePlace: KEEPERS,
  verifyPlace: KEEPERS,
  closePlace: KEEPERS,
  reopenPlace: KEEPERS,
  makePlaceTarget: ['operator', 'dispatcher'],
  tellPlaceAddress: ['agent'],
  importTable: ['operator'],
  listImports: ['operator', 'lead'],
  readImport: ['operator', 'lead'],
  decideImport: ['operator', 'lead'],
  exportTable: ['operator', 'lead'],
  listSynonyms: 'signedIn',
  exportSynonyms: ['operator', 'lead'],
  editSynonyms: ['operator'],
  importSynonyms: ['operator'],
} as const;
