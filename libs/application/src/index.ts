export * from './ports/dossier';
export * from './ports/agency-adapter';
export * from './ports/agency-errors';
export * from './ports/hint-queue';
